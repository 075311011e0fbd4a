import { stringify } from "yaml";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { RENDERS } from "#channels/all.renders.ts";
import { CHANNELS } from "#channels/all.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { isApproved } from "#domain/playbook/model/approved.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import {
  type Reader,
  readerOf,
  renderTreatment,
  type TreatmentPreview,
} from "#usecases/preview/render-treatment.ts";
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

/** A customer of the hub, as its own version of the playbook knows them. */
const readerAt = async (ref: string, options: HubOptions, terminal: Terminal): Promise<Reader> => {
  const call = hubClient(options, terminal);
  const profile = await call("GET /v1/profiles/{ref}", { path: { ref } });
  const { traits, computed, segments, addresses, customerId, createdAt } = profile;
  const locale = [traits.locale, traits.language].find((one) => typeof one === "string" && one !== "");
  return {
    facts: {
      customerId,
      createdAt,
      ...traits,
      ...computed,
      ...Object.fromEntries(segments.map((name) => [name, true])),
    },
    addresses: addresses.filter(({ status }) => status === "active"),
    ...(typeof locale === "string" ? { locale } : {}),
  };
};

/** The channels of a treatment; several of one name, each once. */
const channelsOf = ({ document }: CompiledPlaybook, name: string): readonly string[] => {
  const all = document.actions.flatMap(({ treatments }) => treatments);
  const named = all.filter((one) => one.name === name || one.template === name);
  if (named.length === 0) {
    const known = [...new Set(all.map((one) => one.name))];
    throw new Error(`the playbook has no treatment "${name}"; ${expectedOneOf(name, known)}`);
  }
  return [...new Set(named.map(({ channel }) => channel))];
};

/** What the channel adds to a text, or takes of it. */
const notesOn = (
  { channel, treatment, message, units }: TreatmentPreview,
  playbook: CompiledPlaybook,
): string[] => {
  const { measure, window } = CHANNELS.get(channel)?.content ?? {};
  const size = measure === undefined || typeof message.text !== "string" ? undefined : measure(message.text);
  const foreign = size?.foreign.length ? `, for ${size.foreign.slice(0, 5).join(" ")}` : "";
  const own = playbook.document.actions
    .flatMap(({ treatments }) => treatments)
    .find((one) => one.name === treatment && one.channel === channel);
  const isFree = window !== undefined && own !== undefined && !isApproved(own, playbook.document);
  return [
    ...(size === undefined ? [] : [`${counted(units, "part")} of ${size.encoding}${foreign}`]),
    ...(isFree
      ? [
          `warning: it goes out only within ${window.lastsMs / 3_600_000} hours of the customer's last message`,
        ]
      : []),
  ];
};

/** HTML is looked at in a browser. */
const shownPart = (name: string, value: unknown): unknown =>
  name === "html" && typeof value === "string" ? `${value.length} characters, not shown` : value;

const show = (preview: TreatmentPreview, playbook: CompiledPlaybook, { out }: Terminal): void => {
  const { treatment, channel, locale, message, warnings } = preview;
  out(`${treatment} by ${channel}, in ${locale}`);
  const shown = Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, shownPart(name, value)]),
  );
  out(stringify(shown, { lineWidth: 0 }).trimEnd());
  for (const note of notesOn(preview, playbook)) out(note);
  for (const { part, host } of warnings)
    out(`warning: a link to ${host || "nobody knows where"} is left out of ${part}`);
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
  const nowMs = Date.now();
  const reader =
    customer === undefined ? readerOf(null, playbook, nowMs) : await readerAt(customer, options, terminal);
  let failed = 0;
  channels.forEach((one, index) => {
    if (index > 0) terminal.out("");
    try {
      const wish = { treatment, channel: one, locale, event, data };
      show(renderTreatment(playbook, wish, reader, { renders: RENDERS, nowMs }), playbook, terminal);
    } catch (error) {
      failed += 1;
      terminal.error(`${treatment} by ${one}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return failed === 0 ? 0 : 1;
};
