import { expectedOneOf } from "#kernel/suggest.ts";
import { endsFirst } from "../build/life-span.ts";
import { OUTCOME_EVENT, RESERVED_EVENTS, SEGMENT_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";

type File = NonNullable<Draft["sources"]["experiments"]>;
type ExperimentFile = File["value"][string];
type Check = (kind: string, known: readonly string[], path: Path, name: string, isKey?: boolean) => void;

/** What one experiment is checked with. */
type Checking = {
  readonly draft: Draft;
  readonly file: File["file"];
  readonly name: string;
  readonly experiment: ExperimentFile;
  readonly check: Check;
  readonly report: Report;
};

const nameCheck =
  (file: File["file"], report: Report): Check =>
  (kind, known, path, name, isKey = false) => {
    if (known.includes(name)) return;
    const place = isKey ? file.atKey(path) : file.at(path);
    report("error", place, `unknown-${kind}`, `There is no ${kind} "${name}"`, expectedOneOf(name, known));
  };

const checkGoals = ({ draft: { document }, file, name, experiment, check, report }: Checking): void => {
  // Segments change within an event: nobody tells experiments of it.
  const events = [...document.dataModel.events.map((event) => event.name), ...RESERVED_EVENTS].filter(
    (event) => !SEGMENT_EVENTS.includes(event),
  );
  const goals = Object.keys(experiment.goals);
  for (const goal of goals) {
    if (!goal.startsWith(OUTCOME_EVENT)) check("event", events, [name, "goals", goal], goal, true);
  }
  if (goals.length > 0) return;
  report("error", file.at([name, "goals"]), "no-goal", "Nothing tells which variant is better", "an event");
};

const checkLifeSpan = ({ draft: { document }, file, name, experiment, report }: Checking): void => {
  const built = document.experiments?.find((each) => each.name === name);
  if (built === undefined || !endsFirst(built)) return;
  const after = `a time after ${experiment.activeFrom}`;
  report("error", file.at([name, "activeTo"]), "contradiction", `${name} ends before it begins`, after);
};

const checkWeights = ({ file, name, experiment, check, report }: Checking): void => {
  const weighted = Object.entries(experiment.variants).flatMap(([variant, { weight = 1 }]) =>
    weight > 0 ? [variant] : [],
  );
  if (weighted.length < 2) {
    const message = "There is nothing to compare";
    report("error", file.at([name, "variants"]), "too-few", message, "two variants with a weight above 0");
  }
  if (experiment.control !== undefined) check("variant", weighted, [name, "control"], experiment.control);
};

/** An action that is offered nowhere the experiment runs. */
const checkOffered = (
  { draft: { document }, file, name, experiment, report }: Checking,
  path: Path,
  action: string,
): void => {
  const offered = document.actions.find((one) => one.name === action)?.placements;
  const runsAt = experiment.placements ?? [];
  if (offered === undefined || runsAt.length === 0) return;
  const placements = document.placements.map((placement) => placement.name);
  if (runsAt.some((at) => offered.includes(at) || !placements.includes(at))) return;
  const message = `${name} does not run where ${action} is offered, so this changes nothing`;
  const expected = `an action offered at ${runsAt.join(" or ")}, or the placement ${offered.join(" or ")}`;
  report("warning", file.atKey(path), "no-effect", message, expected);
};

const checkVariant = (checking: Checking, variant: string): void => {
  const { draft, name, experiment, check } = checking;
  const { treatments = {}, levers = {} } = experiment.variants[variant] ?? {};
  const actions = draft.document.actions.map((action) => action.name);
  for (const action of Object.keys(levers)) {
    const path = [name, "variants", variant, "levers", action];
    check("action", actions, path, action, true);
    checkOffered(checking, path, action);
  }
  for (const [action, treatment] of Object.entries(treatments)) {
    const path = [name, "variants", variant, "treatments", action];
    checkOffered(checking, path, action);
    check("action", actions, path, action, true);
    const known = draft.document.actions.find((one) => one.name === action)?.treatments ?? [];
    const names = known.map((one) => one.name);
    if (names.length > 0) check("treatment", names, path, treatment);
  }
};

/** Names that an experiment uses, and that its groups can be compared at all. */
export const checkExperiments = (draft: Draft, report: Report): void => {
  if (draft.sources.experiments === null) return;
  const { file, value } = draft.sources.experiments;
  const check = nameCheck(file, report);
  const placements = draft.document.placements.map((placement) => placement.name);
  for (const [name, experiment] of Object.entries(value)) {
    const checking: Checking = { draft, file, name, experiment, check, report };
    experiment.placements?.forEach((placement, index) => {
      check("placement", placements, [name, "placements", index], placement);
    });
    checkGoals(checking);
    checkLifeSpan(checking);
    checkWeights(checking);
    for (const variant of Object.keys(experiment.variants)) checkVariant(checking, variant);
  }
};
