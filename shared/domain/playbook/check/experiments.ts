import { expectedOneOf } from "#kernel/suggest.ts";
import { endsFirst } from "../build/life-span.ts";
import { OUTCOME_EVENT, RESERVED_EVENTS, SEGMENT_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";

/** Names that an experiment uses, and that its groups can be compared at all. */
export const checkExperiments = ({ sources, document }: Draft, report: Report): void => {
  if (sources.experiments === null) return;
  const { file, value } = sources.experiments;
  // Segments change within an event: nobody tells experiments of it.
  const events = [...document.dataModel.events.map(({ name }) => name), ...RESERVED_EVENTS].filter(
    (name) => !SEGMENT_EVENTS.includes(name),
  );
  const actions = document.actions.map(({ name }) => name);
  const placements = document.placements.map(({ name }) => name);
  const check = (kind: string, known: readonly string[], path: Path, name: string, isKey: boolean) => {
    if (known.includes(name)) return;
    const place = isKey ? file.atKey(path) : file.at(path);
    report("error", place, `unknown-${kind}`, `There is no ${kind} "${name}"`, expectedOneOf(name, known));
  };
  for (const [name, experiment] of Object.entries(value)) {
    experiment.placements?.forEach((placement, index) => {
      check("placement", placements, [name, "placements", index], placement, false);
    });
    for (const goal of Object.keys(experiment.goals)) {
      if (!goal.startsWith(OUTCOME_EVENT)) check("event", events, [name, "goals", goal], goal, true);
    }
    const built = document.experiments?.find((each) => each.name === name);
    if (built !== undefined && endsFirst(built)) {
      const after = `a time after ${experiment.activeFrom}`;
      report("error", file.at([name, "activeTo"]), "contradiction", `${name} ends before it begins`, after);
    }
    if (Object.keys(experiment.goals).length === 0) {
      report(
        "error",
        file.at([name, "goals"]),
        "no-goal",
        "Nothing tells which variant is better",
        "an event",
      );
    }
    const variants = Object.entries(experiment.variants);
    const weighted = variants.filter(([, { weight = 1 }]) => weight > 0);
    if (weighted.length < 2) {
      const message = "There is nothing to compare";
      report("error", file.at([name, "variants"]), "too-few", message, "two variants with a weight above 0");
    }
    if (experiment.control !== undefined) {
      check(
        "variant",
        weighted.map(([variant]) => variant),
        [name, "control"],
        experiment.control,
        false,
      );
    }
    for (const [variant, { treatments = {}, levers = {} }] of variants) {
      const path = [name, "variants", variant];
      const checkOffered = (part: "levers" | "treatments", action: string): void => {
        const offered = document.actions.find((one) => one.name === action)?.placements;
        const runsAt = experiment.placements ?? [];
        if (offered === undefined || runsAt.length === 0) return;
        if (runsAt.some((at) => offered.includes(at) || !placements.includes(at))) return;
        const message = `${name} does not run where ${action} is offered, so this changes nothing`;
        const expected = `an action offered at ${runsAt.join(" or ")}, or the placement ${offered.join(" or ")}`;
        report("warning", file.atKey([...path, part, action]), "no-effect", message, expected);
      };
      for (const action of Object.keys(levers)) {
        check("action", actions, [...path, "levers", action], action, true);
        checkOffered("levers", action);
      }
      for (const [action, treatment] of Object.entries(treatments)) {
        checkOffered("treatments", action);
        check("action", actions, [...path, "treatments", action], action, true);
        const known = document.actions.find((one) => one.name === action)?.treatments ?? [];
        if (known.length === 0) continue;
        const names = known.map((one) => one.name);
        check("treatment", names, [...path, "treatments", action], treatment, false);
      }
    }
  }
};
