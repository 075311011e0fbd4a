import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { CHECKS } from "./checks/all.ts";
import type { Check, Stored, Watcher } from "./checks/watcher.ts";
import { createClients } from "./clients.ts";
import type { Ground, Planted } from "./environment.ts";
import { createHub } from "./hub.ts";
import { chanceOf } from "./machine/chance.ts";
import { createFaults } from "./machine/faults.ts";
import { createProcesses } from "./machine/processes.ts";
import { createTimeline, type Timeline } from "./machine/timeline.ts";
import { type Deed, nextDeed, pauseBefore } from "./shop/people.ts";
import { POLICIES } from "./shop/playbooks.ts";
import { createTables, type Tables, type Watchers } from "./stores.ts";

export type Run = {
  readonly seed: number;
  /** People stop acting after so many steps; then all comes to rest. */
  readonly steps: number;
  readonly playbooks: readonly CompiledPlaybook[];
  readonly planted?: Planted;
  /** Of what people do and of what goes wrong, only this; absent: all that the seed brings. */
  readonly only?: { readonly deeds: ReadonlySet<number>; readonly faults: ReadonlySet<string> };
  readonly trace?: (line: string) => void;
};
export type Violation = { readonly check: string; readonly text: string; readonly step: number };
export type Outcome = {
  readonly violation: Violation | null;
  readonly steps: number;
  /** Numbers of the deeds, and the faults that befell something. */
  readonly deeds: readonly number[];
  readonly faults: readonly string[];
  readonly seen: { readonly events: number; readonly decisions: number; readonly messages: number };
};

const START = Date.parse("2026-11-21T12:00:00.000Z");
/** Whoever has not come to rest after so many steps more never will. */
const STEPS_TO_REST = 60_000;

const storedOf = (
  tables: Tables,
  { clock, steps }: Timeline,
  playbooks: readonly CompiledPlaybook[],
): Stored => ({
  now: clock.now,
  step: steps,
  customers: tables.shared,
  facts: tables.facts,
  decisions: tables.shared.decisions,
  messages: tables.shared.messages,
  conversations: tables.conversing,
  jobs: tables.jobs,
  timers: () => tables.timers.timers.values(),
  learning: tables.learning,
  experiments: tables.experiments,
  reports: tables.reports,
  playbooks,
  policyOf: (version) => {
    const policy = POLICIES[playbooks.findIndex((one) => one.version === version)];
    if (policy === undefined) throw new Error(`there is no playbook ${version}`);
    return policy;
  },
});

/** One watcher that tells all. */
const together = (watchers: readonly Watcher[]): Watchers => {
  const tell = <Name extends keyof Watchers>(name: Name): Watchers[Name] =>
    ((...args: readonly never[]) => {
      for (const watcher of watchers)
        (watcher[name] as ((...told: readonly never[]) => void) | undefined)?.(...args);
    }) as Watchers[Name];
  return {
    accepted: tell("accepted"),
    saved: tell("saved"),
    consented: tell("consented"),
    committed: tell("committed"),
    published: tell("published"),
    logged: tell("logged"),
    unlogged: tell("unlogged"),
    taken: tell("taken"),
    reported: tell("reported"),
    said: tell("said"),
    suppressed: tell("suppressed"),
    begun: tell("begun"),
    wentLive: tell("wentLive"),
    deadLettered: tell("deadLettered"),
  };
};

/** What people do, one after the other, until they stop. */
const live = (run: Run, ground: Ground, deeds: Deed[], isOver: () => boolean): void => {
  const clients = createClients(ground, createHub(ground));
  const next = (): void => {
    if (isOver()) return;
    const deed = nextDeed(ground.chance, deeds, ground.timeline.clock.now());
    deeds.push(deed);
    if (run.only?.deeds.has(deed.number) !== false) {
      run.trace?.(describe(deed, ground.timeline.clock.now()));
      clients.do(deed);
    }
    ground.timeline.after(pauseBefore(ground.chance, deeds.length), next);
  };
  ground.timeline.after(0, next);
};

const clockText = (now: number): string => new Date(now).toISOString().slice(5, 23);

const describe = (deed: Deed, now: number): string => {
  if (deed.kind === "publish") return `${clockText(now)} ${deed.number} another version goes live`;
  if (deed.kind === "send")
    return `${clockText(now)} ${deed.number} a marketer sends to everybody ${JSON.stringify({ rate: deed.rate, hour: deed.hour })}`;
  if (deed.kind === "unsubscribe") return `${clockText(now)} ${deed.number} ${deed.userId} unsubscribes`;
  if (deed.kind === "confirm") return `${clockText(now)} ${deed.number} ${deed.userId} confirms`;
  if (deed.kind === "ask")
    return `${clockText(now)} ${deed.number} an application asks for ${deed.treatment} to ${deed.userId}`;
  const [{ id, userId, anonymousId, at, properties } = { id: "" }] = deed.events;
  const who = [userId, anonymousId].filter((one) => one !== undefined).join(" on ");
  return `${clockText(now)} ${deed.number} ${who}: ${deed.what} (${id}, at ${at?.slice(11)}) ${JSON.stringify(properties ?? {}).slice(0, 90)}`;
};

/** Lets the hub live from a seed, and holds it to every check at each step and when it has come to rest. */
export const runHub = async (run: Run, checks: readonly Check[] = CHECKS): Promise<Outcome> => {
  const chance = chanceOf(run.seed);
  const timeline = createTimeline(START);
  const faults = createFaults(chance, run.only?.faults);
  const tables = createTables();
  const stored = storedOf(tables, timeline, run.playbooks);
  let violation: Violation | null = null;
  const watchers = checks.map(({ name, watch }) =>
    watch(stored, (text) => {
      violation ??= { check: name, text, step: timeline.steps() };
      if (violation.step === timeline.steps()) run.trace?.(`  !! ${text}`);
    }),
  );
  const processes = createProcesses({
    timeline,
    faults,
    chance,
    trace: (invocation, what, fault) =>
      run.trace?.(
        `${clockText(timeline.clock.now())}   ${invocation.key} ${what}${fault === undefined ? "" : ` [${fault}]`}`,
      ),
  });
  const ground: Ground = {
    timeline,
    chance,
    faults,
    processes,
    tables,
    watchers: together(watchers),
    mailboxes: new Map(),
    playbooks: run.playbooks,
    planted: run.planted ?? {},
  };
  const broken = (): boolean => violation !== null;
  const deeds: Deed[] = [];
  const lastDeed = Math.max(-1, ...(run.only?.deeds ?? [Number.POSITIVE_INFINITY]));
  const isOver = (): boolean => timeline.steps() >= run.steps || deeds.length > lastDeed;
  live(run, ground, deeds, isOver);
  while (!broken() && !isOver() && (await timeline.step()));
  faults.end();
  const last = timeline.steps() + STEPS_TO_REST;
  while (!broken() && timeline.steps() < last && (await timeline.step()));
  if (timeline.steps() >= last)
    violation ??= { check: "all comes to rest", text: "it goes on and on", step: last };
  for (const watcher of watchers) if (!broken()) await watcher.atRest?.();
  return {
    violation,
    steps: timeline.steps(),
    deeds: deeds.map(({ number }) => number),
    faults: faults.happened(),
    seen: {
      events: tables.facts.size,
      decisions: tables.shared.decisions.size,
      messages: tables.shared.messages.size,
    },
  };
};
