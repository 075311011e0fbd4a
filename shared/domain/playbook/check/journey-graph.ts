import { isWait, type Journey, type JourneyStep, STOP, targetsOf } from "../model/journeys.ts";
import type { Report } from "../read/sources.ts";
import type { LocatedFile } from "../read/yaml-file.ts";

type Steps = ReadonlyMap<string, JourneyStep>;

const nextOf = (steps: Steps, name: string): readonly JourneyStep[] => {
  const step = steps.get(name);
  return step === undefined ? [] : targetsOf(step).flatMap((target) => steps.get(target) ?? []);
};

/** Names of the steps that some way leads to from the first. */
const reachable = ({ steps: [first] }: Journey, steps: Steps): ReadonlySet<string> => {
  const seen = new Set<string>();
  const open = first === undefined ? [] : [first];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (seen.has(step.name)) continue;
    seen.add(step.name);
    open.push(...nextOf(steps, step.name));
  }
  return seen;
};

/** Names of the steps from which some way leads to the end. */
const ending = (journey: Journey): ReadonlySet<string> => {
  const ends = new Set<string>([STOP]);
  for (let before = 0; before !== ends.size; ) {
    before = ends.size;
    for (const step of journey.steps)
      if (targetsOf(step).some((target) => ends.has(target))) ends.add(step.name);
  }
  return ends;
};

/** The steps of the first circle through which a run could go round in one moment, in their order; null: there is none. */
const hastyCircle = (journey: Journey, steps: Steps): readonly string[] | null => {
  const done = new Set<string>();
  const follow = (name: string, way: readonly string[]): readonly string[] | null => {
    const start = way.indexOf(name);
    if (start !== -1) return way.slice(start);
    const step = steps.get(name);
    if (step === undefined || done.has(name) || isWait(step)) return null;
    for (const next of targetsOf(step)) {
      const found = follow(next, [...way, name]);
      if (found !== null) return found;
    }
    done.add(name);
    return null;
  };
  for (const { name } of journey.steps) {
    const found = follow(name, []);
    if (found !== null) return found;
  }
  return null;
};

/** Reports steps that nobody comes to, circles without a wait, and steps from which no way leads to the end. */
export const checkGraph = (journey: Journey, file: LocatedFile, report: Report): void => {
  const steps: Steps = new Map(journey.steps.map((step) => [step.name, step]));
  const reached = reachable(journey, steps);
  const ends = ending(journey);
  const circle = hastyCircle(journey, steps);
  if (circle !== null) {
    const [first = ""] = circle;
    const way = [...circle, first].join(" -> ");
    const message = `A run would go round in one moment, without end: ${way}`;
    report.error(file.atKey(["steps", first]), "circle", message, "a step that waits in between");
  }
  const unreached = journey.steps.filter(({ name }) => !reached.has(name));
  for (const { name } of unreached) {
    const message = `Nothing leads to ${name}: nobody ever comes to this step`;
    report.warning(
      file.atKey(["steps", name]),
      "unreachable-step",
      message,
      `next: ${name}, at another step`,
    );
  }
  const stuck = journey.steps.find(({ name }) => reached.has(name) && !ends.has(name));
  if (stuck === undefined || circle !== null) return;
  const message = `From ${stuck.name} no way leads to the end: runs go on until an exit, or until maxAge is over`;
  report.warning(file.atKey(["steps", stuck.name]), "no-way-out", message, "a way to stop");
};
