import { CHANNELS, PROVIDERS } from "#channels/all.ts";
import { expectedOneOf, suggest } from "#kernel/suggest.ts";
import { triggerPlacement } from "../build/build.ts";
import type { Placement } from "../model/document.ts";
import { MESSAGE_OUTCOMES, OUTCOME_EVENT, RESERVED_EVENTS, USUAL_OUTCOMES } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";

const OUTCOMES = [...USUAL_OUTCOMES, ...MESSAGE_OUTCOMES, "unsubscribed"];

/** Every name that one part of the playbook uses must be declared by another. */
export const checkReferences = ({ sources, document }: Draft, report: Report): void => {
  const channels = Object.keys(sources.playbook.value.channels);
  const categories = document.contactPolicy.categories.map(({ name }) => name);
  const actions = document.actions.map(({ name }) => name);
  const placements = document.placements.map(({ name }) => name);
  const events = [...document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS];

  const check = (kind: string, known: readonly string[], file: LocatedFile, path: Path, name: string) => {
    if (known.includes(name) || (kind === "event" && name.startsWith(OUTCOME_EVENT))) return;
    report(
      "error",
      file.at(path),
      `unknown-${kind}`,
      `There is no ${kind} "${name}"`,
      expectedOneOf(name, known),
    );
  };
  const checkEach = (
    kind: string,
    known: readonly string[],
    file: LocatedFile,
    path: Path,
    names?: readonly string[],
  ) =>
    names?.forEach((name, index) => {
      check(kind, known, file, [...path, index], name);
    });

  const { playbook, dataModel, contactPolicy, triggers } = sources;
  checkChannels(sources.playbook, report);
  for (const [name, placement] of Object.entries(playbook.value.placements ?? {})) {
    checkEach("channel", channels, playbook.file, ["placements", name, "channels"], placement.channels);
  }
  for (const [type, { channel }] of Object.entries(dataModel.value.identifiers ?? {})) {
    if (channel) check("channel", channels, dataModel.file, ["identifiers", type, "channel"], channel);
  }
  for (const [name, { event }] of Object.entries(dataModel.value.computed ?? {})) {
    check("event", events, dataModel.file, ["computed", name, "event"], event);
  }
  const limited = [
    ...(contactPolicy.value.quietHours ?? []).map((entry, index) => ({ entry, path: ["quietHours", index] })),
    ...(contactPolicy.value.caps ?? []).map((entry, index) => ({ entry, path: ["caps", index] })),
    ...(contactPolicy.value.regions ?? []).map((entry, index) => ({ entry, path: ["regions", index] })),
    ...(contactPolicy.value.consentExpiry ?? []).map((entry, index) => ({
      entry,
      path: ["consentExpiry", index],
    })),
    ...(contactPolicy.value.interruptions ?? []).map((entry, index) => ({
      entry,
      path: ["interruptions", index],
    })),
  ];
  for (const { entry, path } of limited) {
    if ("channels" in entry)
      checkEach("channel", channels, contactPolicy.file, [...path, "channels"], entry.channels);
    checkEach("category", categories, contactPolicy.file, [...path, "categories"], entry.categories);
    if ("actions" in entry)
      checkEach("action", actions, contactPolicy.file, [...path, "actions"], entry.actions);
  }
  const checkOutcome = (file: LocatedFile, path: Path, outcome: string): void => {
    const usual = OUTCOMES.includes(outcome) ? undefined : suggest(outcome, OUTCOMES);
    if (usual === undefined) return;
    const message = `"${outcome}" is an unusual outcome`;
    report("warning", file.at(path), "unknown-outcome", message, `did you mean "${usual}"?`);
  };
  contactPolicy.value.coolDowns?.forEach((coolDown, index) => {
    const path = ["coolDowns", index];
    checkOutcome(contactPolicy.file, [...path, "outcome"], coolDown.outcome);
    checkEach("action", actions, contactPolicy.file, [...path, "actions"], coolDown.actions);
  });
  for (const { file, value } of sources.actions) {
    check("category", categories, file, ["category"], value.category);
    checkEach("placement", placements, file, ["placements"], value.placements);
    value.requires?.forEach((required, index) => {
      if (typeof required === "string") check("action", actions, file, ["requires", index], required);
      else {
        check("action", actions, file, ["requires", index, "action"], required.action);
        if (required.outcome !== undefined)
          checkOutcome(file, ["requires", index, "outcome"], required.outcome);
      }
    });
    value.treatments.forEach(({ channel }, index) => {
      check("channel", channels, file, ["treatments", index, "channel"], channel);
    });
    checkShown({ file, value }, document.placements, report);
  }
  for (const [name, trigger] of Object.entries(triggers.value)) {
    check("event", events, triggers.file, [name, "on"], trigger.on);
    if (typeof trigger.unless === "string")
      check("event", events, triggers.file, [name, "unless"], trigger.unless);
    else checkEach("event", events, triggers.file, [name, "unless"], trigger.unless);
    const placement = trigger.placement ?? triggerPlacement(name);
    if (trigger.placement) check("placement", placements, triggers.file, [name, "placement"], placement);
    const { providers } = document.brand;
    const isSent = ({ channel }: { readonly channel: string }) => providers[channel] !== undefined;
    if (
      document.actions.some(
        ({ placements: at, treatments }) => at.includes(placement) && treatments.some(isSent),
      )
    ) {
      continue;
    }
    const place = triggers.file.atKey([name]);
    report(
      "warning",
      place,
      "no-action",
      `No action that can be sent is offered at ${placement}: this trigger does nothing`,
      `an action with the placement ${placement}`,
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
    report(severity, place, "never-shown", message, expectedOneOf(channel, taken));
  });
  if (severity === "error") return;
  for (const placement of offered) {
    if (value.treatments.some(({ channel }) => takes(placement, channel))) continue;
    const place = file.at(["placements", value.placements.indexOf(placement.name)]);
    const message = `It has no treatment that ${placement.name} takes, and is never chosen there`;
    report(
      "warning",
      place,
      "nothing-to-show",
      message,
      `a treatment for ${placement.channels.join(" or ")}`,
    );
  }
};

/** A channel that sends needs a provider that this version has, and the address it sends from. */
const checkChannels = ({ file, value }: Draft["sources"]["playbook"], report: Report): void => {
  for (const [channel, { provider, from }] of Object.entries(value.channels)) {
    const path = ["channels", channel];
    if (provider === undefined) continue;
    const known = PROVIDERS.get(channel) ?? [];
    if (known.length === 0) {
      const carried = [...PROVIDERS].flatMap(([name, providers]) => (providers.length === 0 ? [] : [name]));
      report(
        "error",
        file.at([...path, "provider"]),
        "unknown-provider",
        `Nothing can be sent by ${channel}: this version has no provider for it`,
        `no provider, or one of the channels ${carried.join(", ")}`,
      );
    } else if (!known.includes(provider)) {
      report(
        "error",
        file.at([...path, "provider"]),
        "unknown-provider",
        `There is no provider "${provider}" for ${channel}`,
        expectedOneOf(provider, known),
      );
    }
    const sender = CHANNELS.get(channel)?.sender;
    if (from === undefined && sender !== undefined) {
      const message = `"from" is missing: the sender of every ${channel}`;
      report("error", file.at(path), "missing-field", message, sender.expected);
    }
  }
};
