import { expectedOneOf } from "#kernel/suggest.ts";
import { armTarget, STEP_KINDS } from "../build/build-journeys.ts";
import type { Journey } from "../model/journeys.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { StepFields } from "../schema/journey-file.ts";

type Kind = (typeof STEP_KINDS)[number];

/** What a step of each kind may say beside it. */
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  decide: ["ifQuiet", "next", "otherwise"],
  wait: ["until", "next"],
  waitFor: ["where", "within", "next", "otherwise"],
  waitUntil: ["next", "otherwise"],
  split: [],
  branch: ["otherwise"],
  set: ["next"],
  emit: ["properties", "next"],
  exit: [],
};
const ALL_FIELDS: ReadonlySet<string> = new Set([
  ...STEP_KINDS,
  ...Object.values(FIELDS).flat(),
  "description",
]);

type Source = Draft["sources"]["journeys"][number];

/** What one journey is checked with. */
export type JourneyChecking = {
  readonly draft: Draft;
  readonly source: Source;
  readonly journey: Journey;
  readonly report: Report;
};

/** One thing alone is said, and nothing beside it that does not belong to it. */
export const checkFields = (
  { source: { file }, report }: Pick<JourneyChecking, "source" | "report">,
  name: string,
  fields: StepFields,
): void => {
  const path = ["steps", name];
  const kinds = STEP_KINDS.filter((kind) => fields[kind] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined) {
    const message = `${name} does not say what it does`;
    report.error(file.atKey(path), "no-kind", message, `one of ${STEP_KINDS.join(", ")}`);
    return;
  }
  if (second !== undefined) {
    const message = `${name} says two things: ${kind} and ${second}`;
    report.error(file.atKey([...path, second]), "two-kinds", message, "a step for each");
    return;
  }
  const arms = Object.keys(fields.split ?? {});
  const allowed = [kind, "description", ...FIELDS[kind], ...arms];
  for (const field of Object.keys(fields)) {
    if (allowed.includes(field)) continue;
    const place = file.atKey([...path, field]);
    const message = `A step with "${kind}" has no field "${field}"`;
    report.error(place, "unknown-field", message, expectedOneOf(field, allowed));
  }
};

/** Each arm leads somewhere, and one at least is taken. */
export const checkSplit = (
  { source: { file }, report }: Pick<JourneyChecking, "source" | "report">,
  name: string,
  fields: StepFields,
): void => {
  if (fields.split === undefined) return;
  const path = ["steps", name, "split"];
  const arms = Object.entries(fields.split);
  for (const [arm] of arms) {
    const place = file.atKey([...path, arm]);
    if (ALL_FIELDS.has(arm)) {
      report.error(place, "reserved-name", `"${arm}" is a field of steps`, "another name for this arm");
    } else if (armTarget(fields, arm) === undefined) {
      const message = `${name} does not say where "${arm}" leads`;
      report.error(place, "missing-field", message, `${arm}: and the name of a step, or stop`);
    }
  }
  if (arms.some(([, weight]) => weight > 0)) return;
  report.error(file.at(path), "too-few", "None of these arms has a weight", "a weight above 0");
};
