import { expectedOneOf, suggest } from "#kernel/suggest.ts";
import { triggerPlacement } from "../build/build-triggers.ts";
import { type Placement, PUBLIC_CHANNELS } from "../model/document.ts";
import { MESSAGE_OUTCOMES, OUTCOME_EVENT, RESERVED_EVENTS, USUAL_OUTCOMES } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import { checkChannels } from "./channels.ts";
import { unknownName } from "./unknown-name.ts";

const OUTCOMES = [...USUAL_OUTCOMES, ...MESSAGE_OUTCOMES, "unsubscribed"];

/** Looks names up where they are declared, and reports those that are not. */
const nameChecker = ({ sources, document }: Draft, report: Report) => {
  const known = {
    channel: Object.keys(sources.playbook.value.channels),
    category: document.contactPolicy.categories.map(({ name }) => name),
    action: document.actions.map(({ name }) => name),
    placement: document.placements.map(({ name }) => name),
    event: [...document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS],
  };
  type Kind = keyof typeof known;
  const check = (kind: Kind, file: LocatedFile, path: Path, name: string): void => {
    if (known[kind].includes(name) || (kind === "event" && name.startsWith(OUTCOME_EVENT))) return;
    report.error(file.at(path), ...unknownName(kind, name, known[kind]));
  };
  const checkEach = (kind: Kind, file: LocatedFile, path: Path, names: readonly string[] = []): void => {
    names.forEach((name, index) => {
      check(kind, file, [...path, index], name);
    });
  };
  const checkOutcome = (file: LocatedFile, path: Path, outcome: string): void => {
    const usual = OUTCOMES.includes(outcome) ? undefined : suggest(outcome, OUTCOMES);
    if (usual === undefined) return;
    const message = `"${outcome}" is an unusual outcome`;
    report.warning(file.at(path), "unknown-outcome", message, `did you mean "${usual}"?`);
  };
  return { check, checkEach, checkOutcome };
};
type NameChecker = ReturnType<typeof nameChecker>;

const checkDataModel = ({ sources: { playbook, dataModel } }: Draft, names: NameChecker): void => {
  for (const [name, placement] of Object.entries(playbook.value.placements ?? {})) {
    names.checkEach("channel", playbook.file, ["placements", name, "channels"], placement.channels);
  }
  for (const [type, { channel }] of Object.entries(dataModel.value.identifiers ?? {})) {
    if (channel) names.check("channel", dataModel.file, ["identifiers", type, "channel"], channel);
  }
  for (const [name, { event }] of Object.entries(dataModel.value.computed ?? {})) {
    names.check("event", dataModel.file, ["computed", name, "event"], event);
  }
};

/** Parts of the contact policy that name channels, categories or actions. */
const SCOPED = ["quietHours", "caps", "regions", "consentExpiry", "interruptions", "holdWhile"] as const;

const checkContactPolicy = ({ sources: { contactPolicy } }: Draft, names: NameChecker): void => {
  const { file, value } = contactPolicy;
  for (const part of SCOPED) {
    (value[part] ?? []).forEach((entry, index) => {
      const path = [part, index];
      if ("channels" in entry) names.checkEach("channel", file, [...path, "channels"], entry.channels);
      names.checkEach("category", file, [...path, "categories"], entry.categories);
      if ("actions" in entry) names.checkEach("action", file, [...path, "actions"], entry.actions);
    });
  }
  value.coolDowns?.forEach((coolDown, index) => {
    const path = ["coolDowns", index];
    names.checkOutcome(file, [...path, "outcome"], coolDown.outcome);
    names.checkEach("action", file, [...path, "actions"], coolDown.actions);
  });
};

const checkActions = ({ sources, document }: Draft, names: NameChecker, report: Report): void => {
  for (const { file, value } of sources.actions) {
    names.check("category", file, ["category"], value.category);
    names.checkEach("placement", file, ["placements"], value.placements);
    value.requires?.forEach((required, index) => {
      const path = ["requires", index];
      if (typeof required === "string") names.check("action", file, path, required);
      else {
        names.check("action", file, [...path, "action"], required.action);
        if (required.outcome !== undefined) names.checkOutcome(file, [...path, "outcome"], required.outcome);
      }
    });
    value.treatments.forEach(({ channel }, index) => {
      names.check("channel", file, ["treatments", index, "channel"], channel);
    });
    checkShown({ file, value }, document.placements, report);
  }
};

/** Days that a trigger keeps free are those of the contact policy's calendars. */
const checkCalendars = (
  named: readonly string[] | undefined,
  {
    file,
    path,
    sources,
    report,
  }: {
    readonly file: LocatedFile;
    readonly path: Path;
    readonly sources: Draft["sources"];
    readonly report: Report;
  },
): void => {
  const known = Object.keys(sources.contactPolicy.value.holidays ?? {});
  named?.forEach((name, index) => {
    if (known.includes(name)) return;
    report.error(file.at([...path, index]), ...unknownName("calendar", name, known));
  });
};

const checkTriggers = ({ sources, document }: Draft, names: NameChecker, report: Report): void => {
  const { triggers } = sources;
  const { providers } = document.brand;
  const isSent = ({ channel }: { readonly channel: string }) => providers[channel] !== undefined;
  for (const [name, trigger] of Object.entries(triggers.value)) {
    const { file } = triggers;
    if (trigger.on !== undefined) names.check("event", file, [name, "on"], trigger.on);
    checkCalendars(trigger.holidays, { file, path: [name, "holidays"], sources, report });
    if (typeof trigger.unless === "string") names.check("event", file, [name, "unless"], trigger.unless);
    else names.checkEach("event", file, [name, "unless"], trigger.unless);
    const placement = trigger.placement ?? triggerPlacement(name);
    if (trigger.placement) names.check("placement", file, [name, "placement"], placement);
    const sends = document.actions.some(
      ({ placements, treatments }) => placements.includes(placement) && treatments.some(isSent),
    );
    if (sends) continue;
    const message = `No action that can be sent is offered at ${placement}: this trigger does nothing`;
    report.warning(file.atKey([name]), "no-action", message, `an action with the placement ${placement}`);
  }
};

/** Every name that one part of the playbook uses must be declared by another. */
export const checkReferences = (draft: Draft, report: Report): void => {
  const names = nameChecker(draft, report);
  checkChannels(draft.sources.playbook, report);
  checkPublic(draft.sources.playbook, report);
  checkDataModel(draft, names);
  checkContactPolicy(draft, names);
  checkActions(draft, names, report);
  checkTriggers(draft, names, report);
};

/** Browsers show what a public placement answers: what somebody sends or reads out is none of theirs. */
const checkPublic = ({ file, value }: Draft["sources"]["playbook"], report: Report): void => {
  for (const [name, { channels = [], public: isPublic }] of Object.entries(value.placements ?? {})) {
    if (isPublic !== true) continue;
    if (channels.length > 0 && channels.every((channel) => PUBLIC_CHANNELS.includes(channel))) continue;
    report.error(
      file.at(["placements", name, "public"]),
      "contradiction",
      `${name} is public, and takes more than browsers and apps show`,
      `channels: [${PUBLIC_CHANNELS.join(", ")}], or one of them`,
    );
  }
};

const takes = ({ channels }: Placement, channel: string): boolean =>
  channels.length === 0 || channels.includes(channel);

/** An action that no placement of its own can show is a mistake; a treatment, or a placement, left over may be meant. */
const checkShown = (
  { file, value }: Draft["sources"]["actions"][number],
  placements: readonly Placement[],
  report: Report,
): void => {
  const offered = placements.filter(({ name }) => value.placements.includes(name));
  if (offered.length === 0) return;
  const isShown = ({ channel }: { readonly channel: string }) =>
    offered.some((placement) => takes(placement, channel));
  const severity = value.treatments.some(isShown) ? "warning" : "error";
  const taken = [...new Set(offered.flatMap(({ channels }) => channels))];
  value.treatments.forEach((treatment, index) => {
    if (isShown(treatment)) return;
    const place = file.at(["treatments", index, "channel"]);
    const { channel } = treatment;
    const message = `None of its placements takes ${channel}`;
    report[severity](place, "never-shown", message, expectedOneOf(channel, taken));
  });
  if (severity === "error") return;
  for (const placement of offered) {
    if (value.treatments.some(({ channel }) => takes(placement, channel))) continue;
    const place = file.at(["placements", value.placements.indexOf(placement.name)]);
    const message = `It has no treatment that ${placement.name} takes, and is never chosen there`;
    report.warning(place, "nothing-to-show", message, `a treatment for ${placement.channels.join(" or ")}`);
  }
};
