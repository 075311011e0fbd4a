import { endsFirst } from "../build/life-span.ts";
import { OUTCOME_EVENT, RESERVED_EVENTS, SEGMENT_EVENTS } from "../model/known.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";
import { unknownName } from "./unknown-name.ts";

type File = NonNullable<Draft["sources"]["experiments"]>;
type ExperimentFile = File["value"][string];

/** What one experiment is checked with. */
type Checking = {
  readonly draft: Draft;
  readonly file: File["file"];
  readonly name: string;
  readonly experiment: ExperimentFile;
  readonly report: Report;
};

const checkGoals = ({ draft: { document }, file, name, experiment, report }: Checking): void => {
  // Segments change while an event is applied: experiments get no fact about that.
  const events = [...document.dataModel.events.map((event) => event.name), ...RESERVED_EVENTS].filter(
    (event) => !SEGMENT_EVENTS.includes(event),
  );
  const goals = Object.keys(experiment.goals);
  for (const goal of goals) {
    if (goal.startsWith(OUTCOME_EVENT) || events.includes(goal)) continue;
    report.error(file.atKey([name, "goals", goal]), ...unknownName("event", goal, events));
  }
  if (goals.length > 0) return;
  report.error(file.at([name, "goals"]), "no-goal", "Nothing tells which variant is better", "an event");
};

const checkLifeSpan = ({ draft: { document }, file, name, experiment, report }: Checking): void => {
  const built = document.experiments?.find((each) => each.name === name);
  if (built === undefined || !endsFirst(built)) return;
  const after = `a time after ${experiment.activeFrom}`;
  report.error(file.at([name, "activeTo"]), "contradiction", `${name} ends before it begins`, after);
};

const checkWeights = ({ file, name, experiment, report }: Checking): void => {
  const weighted = Object.entries(experiment.variants).flatMap(([variant, { weight = 1 }]) =>
    weight > 0 ? [variant] : [],
  );
  if (weighted.length < 2) {
    const message = "There is nothing to compare";
    report.error(file.at([name, "variants"]), "too-few", message, "two variants with a weight above 0");
  }
  const { control } = experiment;
  if (control === undefined || weighted.includes(control)) return;
  report.error(file.at([name, "control"]), ...unknownName("variant", control, weighted));
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
  report.warning(file.atKey(path), "no-effect", message, expected);
};

const checkVariant = (checking: Checking, variant: string): void => {
  const { draft, file, name, experiment, report } = checking;
  const { treatments = {}, levers = {} } = experiment.variants[variant] ?? {};
  const actions = draft.document.actions.map((action) => action.name);
  for (const action of Object.keys(levers)) {
    const path = [name, "variants", variant, "levers", action];
    if (!actions.includes(action)) report.error(file.atKey(path), ...unknownName("action", action, actions));
    checkOffered(checking, path, action);
  }
  for (const [action, treatment] of Object.entries(treatments)) {
    const path = [name, "variants", variant, "treatments", action];
    checkOffered(checking, path, action);
    const declared = draft.document.actions.find((one) => one.name === action);
    if (declared === undefined) {
      report.error(file.atKey(path), ...unknownName("action", action, actions));
      continue;
    }
    const names = declared.treatments.map((one) => one.name);
    if (names.includes(treatment)) continue;
    report.error(file.at(path), ...unknownName("treatment", treatment, names));
  }
};

/** Names that an experiment uses, and that its groups can be compared at all. */
export const checkExperiments = (draft: Draft, report: Report): void => {
  if (draft.sources.experiments === null) return;
  const { file, value } = draft.sources.experiments;
  const placements = draft.document.placements.map((placement) => placement.name);
  for (const [name, experiment] of Object.entries(value)) {
    const checking: Checking = { draft, file, name, experiment, report };
    experiment.placements?.forEach((placement, index) => {
      if (placements.includes(placement)) return;
      const place = file.at([name, "placements", index]);
      report.error(place, ...unknownName("placement", placement, placements));
    });
    checkGoals(checking);
    checkLifeSpan(checking);
    checkWeights(checking);
    for (const variant of Object.keys(experiment.variants)) checkVariant(checking, variant);
  }
};
