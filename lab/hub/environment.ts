import { memoryConversationStore } from "#adapters/memory/conversation-store.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { EmailMessage } from "#channels/email/message.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { modelCache } from "#runtime/model-cache.ts";
import type { sendOne } from "#usecases/send/send-one.ts";
import type { Chance } from "./machine/chance.ts";
import type { Faults } from "./machine/faults.ts";
import { type Around, guard } from "./machine/guard.ts";
import type { Invocation, Processes } from "./machine/processes.ts";
import type { Timeline } from "./machine/timeline.ts";
import { createProvider } from "./provider.ts";
import { POINTER_MS } from "./shop/playbooks.ts";
import { type Exits, type Ports, type Tables, type Watchers, watchedPorts } from "./stores.ts";

/** A slip put in on purpose, to see that it is found: around a port, or in place of a use case. */
export type Planted = {
  readonly ports?: (ports: Ports) => Ports;
  readonly send?: typeof sendOne<EmailMessage>;
};

/** What a run of the hub stands on. */
export type Ground = {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly processes: Processes;
  readonly tables: Tables;
  readonly watchers: Watchers;
  /** Where each mail went that the provider took, by its message's id. */
  readonly mailboxes: Map<string, string>;
  /** The first is live at the start. */
  readonly playbooks: readonly CompiledPlaybook[];
  readonly planted: Planted;
};

/** Which version is live, as a process of each worker knows it. */
const createPublishing = ({ playbooks, timeline, watchers }: Ground) => {
  let live = 0;
  const known = new Map<string, { readonly at: number; readonly live: number }>();
  const at = (index: number): CompiledPlaybook => {
    const playbook = playbooks[index % playbooks.length];
    if (playbook === undefined) throw new Error("no playbook is published");
    return playbook;
  };
  return {
    publishNext: (): void => {
      live += 1;
      watchers.wentLive(at(live).version);
    },
    current: (worker: string): CompiledPlaybook => {
      const now = timeline.clock.now();
      const before = known.get(worker);
      if (before !== undefined && now - before.at < POINTER_MS) return at(before.live);
      known.set(worker, { at: now, live });
      return at(live);
    },
    get: (version: string): CompiledPlaybook => {
      const found = playbooks.find((playbook) => playbook.version === version);
      if (found === undefined) throw new Error(`there is no playbook ${version}`);
      return found;
    },
  };
};

/** The ports of one invocation but the provider: each may fail at each call, and watchers hear of what took effect. */
const guardedPorts = (
  { timeline, processes, tables, watchers }: Ground,
  exits: Exits,
  worker: string,
  invocation: Invocation,
): Omit<Ports, "send"> => {
  const around = { processes, invocation };
  const { timersBy, ...watched } = watchedPorts(
    tables,
    { clock: timeline.clock, exits, watchers },
    invocation,
  );
  const due = guard(watched.due, "due", around);
  const twin = timersBy(due);
  const { timersOf, ...table } = twin;
  const guarded = Object.fromEntries(
    Object.entries({ ...watched, conversations: memoryConversationStore(tables.conversing, twin) }).map(
      ([name, port]) => [name, guard<object>(port, name, around)],
    ),
  ) as typeof watched;
  const timerTable = {
    ...guard(table, "timers", around),
    timersOf: async function* (...asked: Parameters<typeof timersOf>) {
      for await (const page of timersOf(...asked)) {
        yield await processes.call(invocation, {
          name: "timers.timersOf",
          possible: ["crash before", "error"],
          perform: async () => page,
        });
      }
    },
  };
  const telling: Around = worker === "messages" ? { ...around, besides: ["unheard"] } : around;
  return {
    ...guarded,
    bus: guard(watched.bus, "bus", telling),
    due,
    timers: guard(table, "timers", telling),
    timerTable,
  };
};

/**
 * What the use cases of one invocation are given: ports that may fail at each call, the time and chance of the run.
 * @param exits where what leaves a process arrives
 * @param report where what a provider tells arrives
 */
export const createEnvironment = (
  ground: Ground,
  exits: Exits,
  report: (key: string, report: ProviderReport) => void,
) => {
  const { timeline, chance, processes, tables, watchers, planted } = ground;
  const { clock } = timeline;
  const publishing = createPublishing(ground);
  const models = modelCache(tables.learning, clock);
  let made = 0;
  const ids = {
    id: (prefix: string): string => {
      made += 1;
      return `${prefix}_${String(made).padStart(26, "0")}`;
    },
  };
  const telemetry: Telemetry = {
    log: { info: () => {}, warn: () => {}, error: () => {} },
    count: (name, by = 1) => {
      if (name === METRICS.decisionsUnlogged) watchers.unlogged(by);
    },
  };
  const provider = createProvider({
    timeline,
    chance,
    processes,
    report,
    took: (messageId, by, address) => {
      const message = tables.shared.messages.get(messageId);
      ground.mailboxes.set(messageId, address);
      if (message !== undefined) watchers.taken(message, by, address);
    },
  });

  return {
    publishing,
    /** @param worker whose process it is */
    dependenciesOf: (worker: string, invocation: Invocation) => {
      const ports: Ports = {
        ...guardedPorts(ground, exits, worker, invocation),
        send: provider(invocation),
      };
      const random = (what: string): number => chance(what, invocation.key, invocation.calls);
      return {
        ...(planted.ports?.(ports) ?? ports),
        clock,
        ids,
        telemetry,
        models,
        newDataKey: () => new TextEncoder().encode(ids.id("key")),
        pause: (longestMs: number) => processes.sleep(invocation, random("pause") * longestMs),
        playbooks: {
          current: async () => publishing.current(worker),
          get: async (version: string) => publishing.get(version),
        },
      };
    },
  };
};
export type Dependencies = ReturnType<ReturnType<typeof createEnvironment>["dependenciesOf"]>;
