import { stringify } from "yaml";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { type Preview, previewTreatment, treatmentsCalled } from "#runtime/preview.ts";
import { readFolder } from "./folder.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { counted, showFindings, type Terminal, UsageError } from "./terminal.ts";

type Options = HubOptions & {
  readonly treatment?: string;
  readonly channel?: string;
  readonly customer?: string;
  readonly locale?: string;
  readonly event?: string;
  readonly data?: string;
};

/** What an option says in JSON. */
const jsonIn = (name: "event" | "data", text: string | undefined): JsonObject | undefined => {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Told below, as whatever else is no object.
  }
  throw new UsageError(`--${name} is no JSON object, such as '{"order_id":"A-1"}'`);
};

/** The channels of a treatment, each once. */
const channelsOf = (playbook: CompiledPlaybook, name: string): readonly string[] => {
  const named = treatmentsCalled(playbook, name);
  if (named.length > 0) return [...new Set(named.map(({ channel }) => channel))];
  const known = playbook.document.actions.flatMap(({ treatments }) => treatments.map((one) => one.name));
  throw new Error(`the playbook has no treatment "${name}"; ${expectedOneOf(name, [...new Set(known)])}`);
};

/** HTML is looked at in a browser. */
const shownPart = (name: string, value: unknown): unknown =>
  name === "html" && typeof value === "string" ? `${value.length} characters, not shown` : value;

const notesOn = ({ size, units, onlyForHours, warnings }: Preview): readonly string[] => [
  ...(size === undefined
    ? []
    : [
        `${counted(units, "part")} of ${size.encoding}${size.foreign.length === 0 ? "" : `, for ${size.foreign.slice(0, 5).join(" ")}`}`,
      ]),
  ...(onlyForHours === undefined
    ? []
    : [`warning: it goes out only within ${onlyForHours} hours of the customer's last message there`]),
  ...warnings.map(
    ({ part, host }) => `warning: a link to ${host || "nobody knows where"} is left out of ${part}`,
  ),
];

const show = (preview: Preview, { out }: Terminal): void => {
  const { treatment, channel, locale, message } = preview;
  out(`${treatment} by ${channel}, in ${locale}`);
  const parts = Object.entries(message).map(([name, value]) => [name, shownPart(name, value)]);
  out(stringify(Object.fromEntries(parts), { lineWidth: 0 }).trimEnd());
  for (const note of notesOn(preview)) out(note);
};

/** Shows each; gives how many could not be sent. */
const showAll = (
  channels: readonly string[],
  rendered: (channel: string) => Preview,
  terminal: Terminal,
): number => {
  let failed = 0;
  channels.forEach((channel, index) => {
    if (index > 0) terminal.out("");
    try {
      show(rendered(channel), terminal);
    } catch (error) {
      failed += 1;
      terminal.error(`by ${channel}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return failed;
};

/**
 * `rapport render <folder> --treatment <name>`: the messages as they would be given to the providers, on one channel or on all
 * that the treatment has. Offline; with `--customer` for a customer of the hub, whose profile is read and nothing else. Gives
 * 1 where one of them could not be sent.
 */
export const render = async (folder: string, options: Options, terminal: Terminal): Promise<number> => {
  const { treatment, channel, locale, customer } = options;
  if (treatment === undefined) throw new UsageError("which treatment? --treatment <name>");
  const [event, data] = [jsonIn("event", options.event), jsonIn("data", options.data)];
  const files = readFolder(folder);
  const { document, errors } = await parsePlaybook(files, renderMjml);
  if (!document) {
    showFindings(errors, terminal.error, folder);
    return 1;
  }
  const playbook = compilePlaybook(playbookVersion(files), document);
  const channels = channel === undefined ? channelsOf(playbook, treatment) : [channel];
  const profile =
    customer === undefined
      ? null
      : await hubClient(options, terminal)("GET /v1/profiles/{ref}", { path: { ref: customer } });
  const nowMs = Date.now();
  const rendered = (one: string): Preview =>
    previewTreatment(playbook, { treatment, channel: one, locale, event, data }, profile, nowMs);
  return showAll(channels, rendered, terminal) === 0 ? 0 : 1;
};
