import { newRecord } from "#domain/customer/state.ts";
import { dueEvent, journeyEvent } from "#domain/journey/effects.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { type ApplyResult, applyEvents } from "#domain/profile/apply.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { DomainEvent, HistoryItem, Timer } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { durationMs } from "#kernel/duration.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";

export const START = "2026-03-02T10:00:00.000Z";

type Told = Partial<CollectedEvent> & { readonly properties?: JsonObject };

/** All that a virtual hub keeps. */
const createGround = (playbook: CompiledPlaybook, start: string) => ({
  playbook,
  now: Date.parse(start),
  made: 0,
  records: new Map<string, CustomerRecord>(),
  links: new Map<string, string>(),
  runs: new Map<string, JourneyRun>(),
  timers: new Map<string, Timer>(),
  seen: new Set<string>(),
  published: [] as DomainEvent[],
  history: [] as HistoryItem[],
  counts: [] as string[],
  still: new Set<string>(),
});
type Ground = ReturnType<typeof createGround>;

const nextNumber = (ground: Ground): number => {
  ground.made += 1;
  return ground.made;
};
const isoNow = ({ now }: Ground): string => new Date(now).toISOString();

const survivorOf = ({ records }: Ground, id: string): CustomerRecord | undefined => {
  let record = records.get(id);
  while (record?.state.mergedInto !== undefined) record = records.get(record.state.mergedInto);
  return record;
};

/** One try after the other, each with the runs that the one before asked for. */
const resultOf = (ground: Ground, events: readonly CollectedEvent[]): ApplyResult => {
  let runs = new Map<string, JourneyRun | null>();
  for (;;) {
    const records = new Map(
      [...ground.records.keys()].flatMap((id) => {
        const record = survivorOf(ground, id);
        return record === undefined ? [] : [[id, record] as const];
      }),
    );
    const { links, seen: seenEvents, playbook, now, still } = ground;
    const newId = () => `cus_${String(nextNumber(ground)).padStart(26, "0")}`;
    const result = applyEvents({
      group: "g",
      events,
      links,
      seenEvents,
      records,
      playbook,
      now,
      newId,
      runs,
      still,
    });
    if (result.wants.length === 0) return result;
    runs = new Map([...runs, ...result.wants.map((id) => [id, ground.runs.get(id) ?? null] as const)]);
  }
};

const keep = (ground: Ground, result: ApplyResult, events: readonly CollectedEvent[]): void => {
  for (const { reason } of result.poison) throw reason;
  for (const state of result.customers) {
    const before = ground.records.get(state.customerId) ?? newRecord(state);
    ground.records.set(state.customerId, { ...before, state: { ...state, unsent: {} } });
  }
  for (const { identifier, to } of result.links)
    ground.links.set(`${identifier.type}:${identifier.value}`, to);
  for (const run of result.runs) ground.runs.set(run.runId, run);
  for (const { effects } of result.effects) {
    for (const { id, due } of effects.cancel) ground.timers.delete(`${due}#${id}`);
    for (const timer of effects.timers) ground.timers.set(`${timer.due}#${timer.id}`, timer);
    ground.published.push(...effects.publish);
    ground.history.push(...effects.history);
  }
  for (const { journey, what } of result.runCounts) ground.counts.push(`${journey} ${what}`);
  for (const { id } of events) ground.seen.add(id);
};

const apply = (ground: Ground, events: readonly CollectedEvent[]): void =>
  keep(ground, resultOf(ground, events), events);

const advance = (ground: Ground, duration: string): void => {
  const end = ground.now + (durationMs(duration) ?? 0);
  for (;;) {
    const [next] = [...ground.timers].sort(([a], [b]) => (a < b ? -1 : 1));
    if (next === undefined || Date.parse(next[1].due) > end) break;
    ground.timers.delete(next[0]);
    ground.now = Math.max(ground.now, Date.parse(next[1].due));
    const event = dueEvent(next[1].event, isoNow(ground));
    if (event === null) ground.published.push(next[1].event);
    else apply(ground, [event]);
  }
  ground.now = end;
};

/** What the hub of a test shows of itself. */
const shown = (ground: Ground) => {
  const [runs, published] = [() => [...ground.runs.values()], ground.published];
  return {
    now: () => isoNow(ground),
    state: () => survivorOf(ground, ground.links.get("userId:kim") ?? "")?.state,
    timers: () => [...ground.timers.values()],
    history: ground.history,
    counts: ground.counts,
    published,
    runs,
    /** Everybody, as they are stored. */
    records: () => [...ground.records.values()].filter(({ state }) => state.mergedInto === undefined),
    run: (): JourneyRun => {
      const [run] = runs();
      if (run === undefined) throw new Error("nobody is inside");
      return run;
    },
    /** Where the one run is, or how it ended. */
    at: (): string => {
      const [run] = runs();
      return run === undefined ? "nobody" : run.ended === undefined ? run.step : `(${run.ended.as})`;
    },
    /** Placements that were asked, in their order. */
    asked: (): readonly string[] =>
      published.flatMap(({ name, detail }) => (name === "trigger.fired" ? [String(detail.placement)] : [])),
  };
};

/** A hub without machines: what is told is applied at once, timers fire in their order, and nothing is decided. */
export const virtualHub = (playbook: CompiledPlaybook, start: string = START) => {
  const ground = createGround(playbook, start);
  const seen = shown(ground);
  const track = (name: string, properties: JsonObject = {}, more: Told = {}): CollectedEvent => {
    const at = isoNow(ground);
    const id = hashId("evt", String(nextNumber(ground)));
    const said = {
      type: "track",
      name,
      userId: "kim",
      properties,
      at,
      receivedAt: at,
      source: "test",
    } as const;
    return { id, imported: false, depth: 0, ...said, ...more };
  };
  const command = (
    name: string,
    properties: JsonObject,
    id = hashId("evt", String(nextNumber(ground))),
  ): void => {
    const customerId = seen.state()?.customerId ?? "";
    apply(ground, [journeyEvent(name, { id, customerId, at: isoNow(ground) }, properties)]);
  };
  return {
    ...seen,
    still: ground.still,
    /** As if nobody remembered that an event was applied. */
    forget: (eventId: string): void => {
      ground.seen.delete(eventId);
    },
    track,
    command,
    apply: (events: readonly CollectedEvent[]): void => apply(ground, events),
    tell: (name: string, properties: JsonObject = {}, more: Told = {}): void =>
      apply(ground, [track(name, properties, more)]),
    /** An event of a visitor who did not say who they are. */
    visit: (name: string): void => {
      const { userId: _, ...nobody } = track(name, {}, { anonymousId: "x" });
      apply(ground, [nobody]);
    },
    identify: (traits: JsonObject, more: Told = {}): void =>
      apply(ground, [track("identify", {}, { type: "identify", traits, ...more })]),
    publish: (next: CompiledPlaybook): void => {
      ground.playbook = next;
    },
    /** Lets time pass; what falls due does so in its order, each at its own moment. */
    advance: (duration: string): void => advance(ground, duration),
    /** What came of the last decision, as deciding tells it. */
    answer: (made: boolean): void => {
      const fired = seen.published.findLast(({ name }) => name === "trigger.fired");
      const { runId, stepId } = TriggerFired.schema.parse(fired?.detail).run ?? { runId: "", stepId: "" };
      command("journey.decided", { runId, stepId, made }, hashId("evt", "decided", stepId));
    },
  };
};
export type VirtualHub = ReturnType<typeof virtualHub>;
