import { once } from "#kernel/once.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { customerView } from "../customer/view.ts";
import type { JourneyContext } from "../journey/context.ts";
import { editedSteps } from "../journey/edited.ts";
import { mostAsked } from "../journey/most-asked.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { journeysOf } from "../playbook/model/journeys.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { JourneyRun } from "../records/journey.ts";
import { addCounts, type Counts, SEEN, type Stepped } from "./job.ts";
import { PREVIEWED, type Previewed, previewOf } from "./preview-run.ts";

/** A version that is to be, beside the one that is live. */
export type Versions = { readonly live: CompiledPlaybook; readonly next: CompiledPlaybook };

const RUN = "run";
const NOW_IN = "now";
const THEN_IN = "then";
const MESSAGES = "messages";
const SEPARATOR = "#";
const named = (...parts: readonly string[]): string => parts.join(SEPARATOR);
const stepOf = ({ journey, step }: Pick<JourneyRun, "journey" | "step">): string => named(journey, step);

type Around = {
  readonly versions: Versions;
  /** Milliseconds since the epoch: the clock is held. */
  readonly now: number;
  readonly still: ReadonlySet<string>;
  /** Steps at which people look anew. */
  readonly edited: ReadonlySet<string>;
};

export const editedIn = ({ live, next }: Versions): ReadonlySet<string> =>
  new Set(editedSteps(live.document, next.document).map(stepOf));

const contextOf = (
  { state }: CustomerRecord,
  { versions: { next }, now, still }: Around,
): JourneyContext => ({
  playbook: next,
  state,
  customer: once(() => customerView(state, next, now)),
  now,
  still,
});

type Person = { readonly record: CustomerRecord; readonly own: ReadonlyMap<string, JourneyRun> };

const countRun = (
  run: JourneyRun,
  { record, own }: Person,
  context: JourneyContext,
  { edited, now, still, versions }: Around,
): Counts => {
  const looksAnew = edited.has(stepOf(run));
  const around = { playbook: versions.next, now, still };
  const becomes = looksAnew ? previewOf(run, record, own, around) : "stay";
  const until = now + HOUR_MS;
  const due = run.due === undefined ? Number.POSITIVE_INFINITY : Math.max(now, Date.parse(run.due));
  const begins = looksAnew ? now : due;
  const messages = begins > until ? 0 : mostAsked(run, { ...context, now: begins }, until);
  return { [named(RUN, run.journey, run.step, becomes)]: 1, [MESSAGES]: messages };
};

const countSegments = ({ state }: CustomerRecord, { versions: { live, next }, now }: Around): Counts => {
  const counts: Record<string, number> = {};
  for (const [prefix, playbook] of [
    [NOW_IN, live],
    [THEN_IN, next],
  ] as const) {
    const view = customerView(state, playbook, now);
    for (const { name } of playbook.segments) if (view[name] === true) counts[named(prefix, name)] = 1;
  }
  return counts;
};

/** What a version would change for a page of customers. `runs`: those of theirs that live, by id. */
export const previewPage = (
  records: readonly CustomerRecord[],
  runs: ReadonlyMap<string, JourneyRun>,
  around: Around,
): Stepped => {
  let counts: Counts = { [SEEN]: records.length };
  for (const record of records) {
    const context = contextOf(record, around);
    const live = (record.state.runs?.live ?? []).flatMap(({ id }) => runs.get(id) ?? []);
    const own = new Map(live.map((run) => [run.runId, run] as const));
    for (const run of live.filter(({ ended }) => ended === undefined))
      counts = addCounts(counts, countRun(run, { record, own }, context, around));
    counts = addCounts(counts, countSegments(record, around));
  }
  return { counts };
};

type StepPreview = { readonly journey: string; readonly step: string } & Readonly<Record<Previewed, number>>;

/** How many of each step stay, move, leave and go on, for the steps at which somebody is. */
const stepsIn = (counts: Counts): readonly StepPreview[] => {
  const rows = new Map<string, Record<Previewed, number> & { journey: string; step: string }>();
  for (const [name, count] of Object.entries(counts)) {
    const [kind, journey = "", step = "", becomes] = name.split(SEPARATOR);
    const what = PREVIEWED.find((one) => one === becomes);
    if (kind !== RUN || what === undefined) continue;
    const key = named(journey, step);
    const row = rows.get(key) ?? { journey, step, stay: 0, move: 0, exit: 0, dueNow: 0 };
    row[what] += count;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => (stepOf(a) < stepOf(b) ? -1 : 1));
};

/** What a preview found, as far as it came. `segments`: names of both versions. */
export const previewIn = (counts: Counts, segments: readonly string[]) => ({
  journeys: stepsIn(counts),
  messagesFirstHour: counts[MESSAGES] ?? 0,
  segments: segments.map((name) => ({
    name,
    now: counts[named(NOW_IN, name)] ?? 0,
    // biome-ignore lint/suspicious/noThenProperty: the word of the API's promise
    then: counts[named(THEN_IN, name)] ?? 0,
    of: "all" as const,
  })),
});

/** What a version does away with: `journeys/first-weeks`. */
export const removedIn = (live: PlaybookDocument, next: PlaybookDocument): readonly string[] => {
  const namesIn = (document: PlaybookDocument): readonly string[] => [
    ...journeysOf(document).map(({ name }) => `journeys/${name}`),
    ...document.actions.map(({ name }) => `actions/${name}`),
    ...document.triggers.map(({ name }) => `triggers/${name}`),
    ...document.segments.map(({ name }) => `segments/${name}`),
  ];
  const kept = new Set(namesIn(next));
  return namesIn(live).filter((name) => !kept.has(name));
};
