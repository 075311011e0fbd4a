import { expectedOneOf } from "#kernel/suggest.ts";
import type { FieldType } from "../model/data-model.ts";
import { HOLDOUT, type Journey, type JourneyStep, STOP } from "../model/journeys.ts";
import { OUTCOME_EVENT, RESERVED_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";
import type { StepFields } from "../schema/journey-file.ts";
import { checkGraph } from "./journey-graph.ts";
import { checkFields, checkSplit, type JourneyChecking } from "./journey-steps.ts";
import { unknownName } from "./unknown-name.ts";

/** Every place of a step that names another, with the name. */
const namedTargets = (step: JourneyStep, fields: StepFields): readonly (readonly [Path, string])[] => [
  ...(["next", "otherwise"] as const).flatMap((field): (readonly [Path, string])[] => {
    const target = fields[field];
    return target === undefined ? [] : [[[field], target]];
  }),
  ...(step.kind === "split"
    ? step.arms.map(({ name, next }): readonly [Path, string] => [[name], next])
    : []),
  ...(step.kind === "branch"
    ? step.branches.map(({ next }, index): readonly [Path, string] => [["branch", index, "next"], next])
    : []),
];

const checkTargets = ({ source: { file, value }, journey, report }: JourneyChecking): void => {
  const known = [...journey.steps.map(({ name }) => name), STOP];
  for (const step of journey.steps) {
    for (const [path, target] of namedTargets(step, value.steps[step.name] ?? {})) {
      if (known.includes(target)) continue;
      report.error(file.at(["steps", step.name, ...path]), ...unknownName("step", target, known));
    }
  }
  for (const [before, now] of Object.entries(journey.moved)) {
    if (!known.includes(now)) report.error(file.at(["moved", before]), ...unknownName("step", now, known));
    if (!known.includes(before)) continue;
    const message = `${before} is still a step: nobody is moved from it`;
    report.error(file.atKey(["moved", before]), "contradiction", message, "the name of a step that is gone");
  }
};

const checkEvents = ({ draft, source: { file, value }, report }: JourneyChecking): void => {
  const known = [...draft.document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS];
  const check = (path: Path, event: string | undefined): void => {
    if (event === undefined || event.startsWith(OUTCOME_EVENT) || known.includes(event)) return;
    const [code, message, expected] = unknownName("event", event, known);
    report.error(file.at(path), code, `${message}: nobody sends it`, expected);
  };
  check(["enter", "on"], value.enter?.on);
  for (const [index, { on }] of (value.exit ?? []).entries()) check(["exit", index, "on"], on);
  for (const [name, { waitFor, emit }] of Object.entries(value.steps)) {
    check(["steps", name, "waitFor"], waitFor);
    if (emit !== undefined && !draft.document.dataModel.events.some((event) => event.name === emit)) {
      const declared = draft.document.dataModel.events.map((event) => event.name);
      report.error(file.at(["steps", name, "emit"]), ...unknownName("event", emit, declared));
    }
  }
};

const checkEntry = ({ draft, source: { file, value }, report }: JourneyChecking): void => {
  const { enter } = value;
  const segments = draft.document.segments.map(({ name }) => name);
  if (enter?.segment !== undefined && !segments.includes(enter.segment))
    report.error(file.at(["enter", "segment"]), ...unknownName("segment", enter.segment, segments));
  if (enter?.on !== undefined && enter.segment !== undefined) {
    const message = "Two things lead in: an event and a segment";
    report.error(file.atKey(["enter", "segment"]), "contradiction", message, "a journey for each");
  }
  if (enter?.if !== undefined && enter.on === undefined && enter.segment === undefined) {
    const message = "Nothing leads in, so nothing is asked";
    report.error(file.at(["enter", "if"]), "no-effect", message, "also on: and an event, or segment:");
  }
  if (enter?.whileInside === "parallel" && enter.again !== "always") {
    const message = "Somebody who may come in while they are inside comes in again";
    report.error(file.at(["enter", "whileInside"]), "contradiction", message, "also again: always");
  }
  for (const [index, exit] of (value.exit ?? []).entries()) {
    if (exit.on !== undefined || exit.if !== undefined) continue;
    const message = "This exit does not say when";
    report.error(
      file.at(["exit", index]),
      "missing-field",
      message,
      "on: and an event, or if: and a condition",
    );
  }
};

const checkTimes = ({ source: { file, value }, journey, report }: JourneyChecking): void => {
  const tooLong = (path: Path, ms: number | undefined): void => {
    if (ms === undefined || ms < journey.maxAgeMs) return;
    const lasts = value.maxAge ?? "P90D, as long as nothing else is said";
    const message = `This waits longer than the journey lasts (maxAge: ${lasts}): nobody comes past it`;
    report.error(file.at(path), "never-over", message, "a shorter wait, or a longer maxAge");
  };
  for (const step of journey.steps) {
    if (step.kind === "wait") tooLong(["steps", step.name, "wait"], step.ms);
    if (step.kind === "waitFor") tooLong(["steps", step.name, "within"], step.withinMs);
  }
};

const fits = (value: unknown, type: FieldType): boolean => {
  if (value === null) return true;
  if (type === "string" || type === "number" || type === "boolean") return typeof value === type;
  return typeof value === "string" && !type.startsWith("list") && type !== "context";
};

const checkTraits = ({ draft: { document }, source: { file }, journey, report }: JourneyChecking): void => {
  const { traits, identifiers } = document.dataModel;
  for (const step of journey.steps) {
    if (step.kind !== "set") continue;
    for (const [name, value] of Object.entries(step.traits)) {
      const path = ["steps", step.name, "set", name];
      const trait = traits.find((one) => one.name === name);
      if (trait === undefined) {
        const known = traits.map((one) => one.name);
        report.error(file.atKey(path), ...unknownName("trait", name, known));
      } else if (identifiers.some(({ from }) => from.includes(`traits.${name}`))) {
        const message = `${name} says who somebody is or how they are reached: no journey may change it`;
        report.error(file.atKey(path), "identifier", message, "another trait");
      } else if (!fits(value, trait.type)) {
        report.error(file.at(path), "wrong-type", `${name} holds no such value`, trait.type);
      }
    }
  }
};

/** A message is decided at a placement; where nothing that can be sent is offered, the step says nothing. */
const checkPlacements = ({
  draft: { document },
  source: { file },
  journey,
  report,
}: JourneyChecking): void => {
  const { providers } = document.brand;
  for (const step of journey.steps) {
    if (step.kind !== "decide") continue;
    const offered = document.actions.filter(({ placements }) => placements.includes(step.placement));
    const place = file.at(["steps", step.name, "decide"]);
    if (offered.length === 0) {
      const known = [...new Set(document.actions.flatMap(({ placements }) => placements))];
      const message = `No action is offered at ${step.placement}`;
      report.error(place, "unknown-placement", message, expectedOneOf(step.placement, known));
    } else if (!offered.some(({ treatments }) => treatments.some(({ channel }) => channel in providers))) {
      const message = `No action that can be sent is offered at ${step.placement}: this step says nothing`;
      report.warning(place, "no-action", message, `an action with the placement ${step.placement}`);
    }
  }
};

const checkNames = ({ source: { file }, journey, report }: JourneyChecking): void => {
  for (const { name } of journey.steps) {
    if (name !== STOP && name !== HOLDOUT) continue;
    const meaning = name === STOP ? "ends a run" : "is where those wait who are kept out";
    report.error(file.atKey(["steps", name]), "reserved-name", `"${name}" ${meaning}`, "another name");
  }
};

/** Reports what is wrong with journeys: steps that cannot be, ways that lead nowhere, and what nobody ever comes to. */
export const checkJourneys = (draft: Draft, report: Report): void => {
  const names = new Map<string, string>();
  draft.sources.journeys.forEach((source, index) => {
    const journey = draft.document.journeys[index] as Journey;
    const { file, value } = source;
    const other = names.get(journey.name);
    if (other !== undefined) {
      const message = `There is another journey "${journey.name}" in ${other}`;
      report.error(file.at(["name"]), "duplicate-name", message, "each journey once");
    }
    names.set(journey.name, file.path);
    const checking = { draft, source, journey, report };
    for (const [name, fields] of Object.entries(value.steps)) {
      checkFields(checking, name, fields);
      checkSplit(checking, name, fields);
    }
    checkNames(checking);
    checkTargets(checking);
    checkEvents(checking);
    checkEntry(checking);
    checkTimes(checking);
    checkTraits(checking);
    checkPlacements(checking);
    checkGraph(journey, file, report);
  });
};
