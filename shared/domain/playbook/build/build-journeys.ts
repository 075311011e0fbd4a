import { durationMs } from "#kernel/duration.ts";
import { type Again, type Journey, type JourneyStep, STOP } from "../model/journeys.ts";
import type { Parsed } from "../read/sources.ts";
import type { JourneyFile, StepFields } from "../schema/journey-file.ts";

/** As a trigger's: what happened longer ago leads nobody in (invariant 9). */
const ENTRY_MAX_AGE = "PT1H";
const DEFAULT_MAX_AGE = "P90D";
const DEFAULT_EXIT = "exited";

/** Each kind of step by the field that says it is one. */
export const STEP_KINDS = [
  "decide",
  "wait",
  "waitFor",
  "waitUntil",
  "split",
  "branch",
  "set",
  "emit",
  "exit",
] as const;

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;

/** `journeys/first-weeks.yaml` -> `first-weeks`, unless the file names itself. */
export const journeyName = ({ file, value }: Parsed<JourneyFile>): string =>
  value.name ?? file.path.replace(/^journeys\//, "").replace(/\.yaml$/, "");

const buildAgain = (again = "never"): Again =>
  again === "never" || again === "always" ? again : { afterMs: milliseconds(again.slice("after ".length)) };

const buildEnter = ({ enter }: JourneyFile): Pick<Journey, "enter"> => {
  const on = enter?.segment === undefined ? enter?.on : "segment.entered";
  if (enter === undefined || on === undefined) return {};
  const { segment, if: condition } = enter;
  return {
    enter: {
      on,
      ...(segment === undefined ? {} : { segment }),
      ...(condition === undefined ? {} : { if: condition }),
      maxAgeMs: milliseconds(enter.maxAge ?? ENTRY_MAX_AGE),
    },
  };
};

/** A step that says two things is an error of its own (check/journeys.ts): the first counts until then. */
const buildStep = (name: string, fields: StepFields): JourneyStep => {
  const { next = STOP, otherwise = STOP } = fields;
  if (fields.decide !== undefined) {
    const skipsQuiet = fields.ifQuiet === "skip";
    const both = { next, otherwise: fields.otherwise ?? next };
    return { name, kind: "decide", placement: fields.decide, skipsQuiet, ...both };
  }
  if (fields.wait !== undefined) {
    const untilBestHour = fields.until === "best-hour";
    return { name, kind: "wait", ms: milliseconds(fields.wait), untilBestHour, next };
  }
  if (fields.waitFor !== undefined) {
    const { waitFor: event, where, within } = fields;
    return {
      name,
      kind: "waitFor",
      event,
      ...(where === undefined ? {} : { where }),
      ...(within === undefined ? {} : { withinMs: milliseconds(within) }),
      next,
      otherwise,
    };
  }
  if (fields.waitUntil !== undefined)
    return { name, kind: "waitUntil", moment: fields.waitUntil, next, otherwise };
  if (fields.split !== undefined) {
    const arms = Object.entries(fields.split).map(([arm, weight]) => ({
      name: arm,
      weight,
      next: armTarget(fields, arm) ?? STOP,
    }));
    return { name, kind: "split", arms };
  }
  if (fields.branch !== undefined) return { name, kind: "branch", branches: fields.branch, otherwise };
  if (fields.set !== undefined) return { name, kind: "set", traits: fields.set, next };
  if (fields.emit !== undefined)
    return { name, kind: "emit", event: fields.emit, properties: fields.properties ?? {}, next };
  return { name, kind: "exit", as: fields.exit?.as ?? DEFAULT_EXIT };
};

/** Where an arm of a split leads, as its step says under the arm's name. */
export const armTarget = (fields: StepFields, arm: string): string | undefined => {
  const target = Object.hasOwn(fields, arm) ? fields[arm] : undefined;
  return typeof target === "string" ? target : undefined;
};

export const buildJourney = (source: Parsed<JourneyFile>): Journey => {
  const { value, file } = source;
  const { enter } = value;
  return {
    name: journeyName(source),
    ...buildEnter(value),
    ...(enter?.key === undefined ? {} : { key: enter.key }),
    again: buildAgain(enter?.again),
    whileInside: enter?.whileInside ?? "ignore",
    exit: (value.exit ?? []).map(({ on, if: condition, as = DEFAULT_EXIT }) => ({
      ...(on === undefined ? {} : { on }),
      ...(condition === undefined ? {} : { if: condition }),
      as,
    })),
    holdout: value.holdout ?? 0,
    maxAgeMs: milliseconds(value.maxAge ?? DEFAULT_MAX_AGE),
    moved: value.moved ?? {},
    steps: Object.entries(value.steps).map(([name, fields]) => buildStep(name, fields)),
    file: file.path,
  };
};
