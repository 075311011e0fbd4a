import type { ProviderReport } from "#channels/definition/report.ts";
import { render } from "#channels/email/render.ts";
import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { InboxMessage } from "#domain/records/event.ts";
import { DecisionRecorded } from "#events/decision-recorded.ts";
import { DecisionReleased } from "#events/decision-released.ts";
import { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { JobTurn } from "#events/job-turn.ts";
import { MessageReceived } from "#events/message-received.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { OutcomeCounted } from "#events/outcome-counted.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { MINUTE_MS, minuteMs } from "#kernel/time.ts";
import type { TimerRef } from "#ports/timers.ts";
import { asRapportError } from "#runtime/errors.ts";
import { MOST_RECEIVES } from "#runtime/patience.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
import { answerReceived } from "#usecases/converse/answer-received.ts";
import { takeReceived } from "#usecases/converse/take-received.ts";
import { decideAnew } from "#usecases/decide/decide-anew.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { fire } from "#usecases/fire/fire-timer.ts";
import { moveDue } from "#usecases/fire/move-due.ts";
import { tendRuns } from "#usecases/journey/tend-runs.ts";
import { countExperiments } from "#usecases/learn/count-experiments.ts";
import { type LearnFact, learnFacts } from "#usecases/learn/learn-facts.ts";
import { recordReport } from "#usecases/record/record-report.ts";
import { onlyRoute } from "#usecases/send/routing.ts";
import { sendOne } from "#usecases/send/send-one.ts";
import { unlimitedRate } from "#usecases/send/sending-rate.ts";
import { sweepMessages } from "#usecases/send/sweep-messages.ts";
import { createEnvironment, type Dependencies, type Ground } from "./environment.ts";
import { createQueue, type Queue } from "./machine/queue.ts";
import type { Exits } from "./stores.ts";
import { walk } from "./walking.ts";
import { consume } from "./workers.ts";

/** The tick looks so far ahead. */
const AHEAD_MS = 120_000;
const LONGEST_DELAY_MS = 900_000;

type Tick = { readonly tick: string };

const createQueues = ({ timeline, faults, chance }: Ground) => {
  const make = <Body>(name: string): Queue<Body> =>
    createQueue<Body>(
      { name, isFifo: name === "inbox", mostReceives: MOST_RECEIVES },
      { timeline, faults, chance },
    );
  return {
    inbox: make<InboxMessage>("inbox"),
    decide: make<DomainEvent>("decide"),
    transactional: make<DomainEvent>("transactional"),
    bulk: make<DomainEvent>("bulk"),
    converse: make<DomainEvent>("converse"),
    learn: make<DomainEvent>("learn"),
    walk: make<DomainEvent>("walk"),
    reports: make<ProviderReport>("reports"),
    timers: make<TimerRef | Tick>("timers"),
  };
};
type Queues = ReturnType<typeof createQueues>;

/** When the tick first has something to do, in ms since the epoch; infinity: never. */
const firstWork = ({ timers, shared }: Ground["tables"]): number => {
  const moves = [...timers.minutes].map((minute) => minuteMs(minute) - AHEAD_MS);
  const sweeps = [...shared.messages.values()].flatMap(({ sweepAt }) =>
    sweepAt === undefined ? [] : Date.parse(sweepAt),
  );
  return Math.min(...moves, ...sweeps);
};

/** Each minute in which there is something to move or to sweep, the schedule wakes the worker of timers. */
const createTicker = ({ timeline, tables }: Ground, timers: Queues["timers"]) => {
  let planned: { readonly at: number; readonly callOff: () => void } | undefined;
  const plan = (): void => {
    const first = firstWork(tables);
    if (first === Number.POSITIVE_INFINITY) return;
    const now = timeline.clock.now();
    const nextMinute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    const at = Math.max(nextMinute, Math.ceil(first / MINUTE_MS) * MINUTE_MS);
    if (planned !== undefined && planned.at <= at) return;
    planned?.callOff();
    const callOff = timeline.after(at - now, () => {
      planned = undefined;
      timers.send({ tick: new Date(at).toISOString() }, { key: `tick${at}` });
      timeline.after(MINUTE_MS / 2, plan);
    });
    planned = { at, callOff };
  };
  return plan;
};

/** What a send stops for, as functions/audience/walk hears of it. */
const WENT_WRONG = new Set(["bounced", "complained"]);

/** Rules of the bus: which queues hear of an event. */
const queuesFor = (queues: Queues, { name, detail }: DomainEvent): readonly Queue<DomainEvent>[] => {
  switch (name) {
    case TriggerFired.name:
    case DecisionReleased.name:
      return [queues.decide];
    case MessageReceived.name:
      return [queues.converse];
    case MessageRequested.name:
      return [detail.lane === "bulk" ? queues.bulk : queues.transactional];
    case OutcomeRecorded.name:
    case OutcomeCounted.name:
      return WENT_WRONG.has(String(detail.outcome)) ? [queues.learn, queues.walk] : [queues.learn];
    case DecisionRecorded.name:
    case ExperimentRecorded.name:
      return [queues.learn];
    case JobTurn.name:
      return [queues.walk];
    default:
      return [];
  }
};

/** As in functions/measure/learn, one at a time. */
const learn = async (deps: Dependencies, { name, detail }: DomainEvent): Promise<void> => {
  const playbook = async (version: string) => (await deps.playbooks.get(version)).document;
  if (name === ExperimentRecorded.name)
    return countExperiments({ ...deps, playbook }, ExperimentRecorded.schema.parse(detail));
  const [isDone] = await learnFacts({ ...deps, playbook }, [learnFactOf(name, detail)]);
  if (isDone === false) throw new RapportError("unavailable", "the decision is not recorded yet");
};

const learnFactOf = (name: string, detail: JsonObject): LearnFact => {
  if (name === DecisionRecorded.name) return { name, detail: DecisionRecorded.schema.parse(detail) };
  if (name === OutcomeCounted.name) return { name, detail: OutcomeCounted.schema.parse(detail) };
  return { name: OutcomeRecorded.name, detail: OutcomeRecorded.schema.parse(detail) };
};

/** As in functions/decide/on-event. */
const decideOn = (deps: Dependencies, { name, detail }: DomainEvent): Promise<unknown> =>
  name === DecisionReleased.name
    ? decideAnew(deps, DecisionReleased.schema.parse(detail))
    : decideOnEvent(deps, TriggerFired.schema.parse(detail));

/** As in functions/timers/fire: neither waits for the other. */
const workTick = async (deps: Dependencies): Promise<void> => {
  const moving = moveDue({ table: deps.timerTable, due: deps.due }, deps.clock.now());
  const done = await Promise.allSettled([moving, sweepMessages(deps), tendRuns(deps)]);
  for (const one of done) if (one.status === "rejected") throw one.reason;
};

const workTimers = async (deps: Dependencies, body: TimerRef | Tick): Promise<void> => {
  const table = deps.timerTable;
  if ("tick" in body) return workTick(deps);
  await fire({ table, due: deps.due, bus: deps.bus, inbox: deps.inbox, clock: deps.clock }, body);
};

/** The hub: queues, the bus, timers, and the use cases that work on them, on virtual time. */
export const createHub = (ground: Ground) => {
  const { timeline, processes, watchers, planted } = ground;
  const queues = createQueues(ground);
  const tick = createTicker(ground, queues.timers);
  const exits: Exits = {
    toInbox: (group, events) =>
      queues.inbox.send({ v: 1, group, events }, { group, key: hashId("in", ...events.map(({ id }) => id)) }),
    toBus: (event) => {
      for (const queue of queuesFor(queues, event)) queue.send(event, { key: event.id });
    },
    toDue: (timer) => {
      const delayMs = Math.min(LONGEST_DELAY_MS, Math.max(0, Date.parse(timer.due) - timeline.clock.now()));
      queues.timers.send(timer, { key: timer.id, delayMs: Math.ceil(delayMs / 1_000) * 1_000 });
    },
    planned: tick,
    deadLetter: (reason, event) => watchers.deadLettered("inbox", reason, event),
  };
  const report = (key: string, body: ProviderReport): void => {
    watchers.reported(body);
    queues.reports.send(body, { key });
  };
  const { publishing, dependenciesOf } = createEnvironment(ground, exits, report);

  const feed = <Body>(
    queue: Queue<Body>,
    work: (deps: Dependencies, body: Body) => Promise<unknown>,
    join?: (bodies: readonly Body[]) => Body,
  ): void =>
    consume(
      queue,
      async (body, invocation) => {
        await work(dependenciesOf(queue.name, invocation), body);
      },
      {
        processes,
        join,
        deadLettered: (reason, body) => watchers.deadLettered(queue.name, reason, body),
      },
    );
  const send = (deps: Dependencies, { detail }: DomainEvent): Promise<void> =>
    (planted.send ?? sendOne)(
      {
        ...deps,
        channel: "email",
        render,
        routing: onlyRoute({ provider: "model", account: "default", send: deps.send, rate: unlimitedRate }),
        playbook: async (version) => (await deps.playbooks.get(version)).document,
        livePlaybook: async () => (await deps.playbooks.current()).document,
        publicUrl: "https://hub.example",
        linkKeys: async () => ["secret"],
      },
      MessageRequested.schema.parse(detail),
    );
  feed(
    queues.inbox,
    (deps, { group, events }) =>
      applyMessage(
        { ...deps, playbook: deps.playbooks.current, errorOf: asRapportError },
        { group, events, poison: [] },
      ),
    (messages): InboxMessage => ({
      v: 1,
      group: messages[0]?.group ?? "",
      events: messages.flatMap(({ events }) => events),
    }),
  );
  feed(queues.decide, decideOn);
  feed(queues.converse, async (deps, { detail }) => {
    const conversing = {
      ...deps,
      playbook: async (version: string) => (await deps.playbooks.get(version)).document,
      policy: async () => conversationPolicyOf((await deps.playbooks.current()).document),
    };
    const joined = await takeReceived(conversing, MessageReceived.schema.parse(detail));
    if (joined !== null) await answerReceived(conversing, joined);
  });
  feed(queues.transactional, send);
  feed(queues.bulk, send);
  feed(queues.learn, learn);
  feed(queues.walk, walk);
  feed(queues.reports, recordReport);
  feed(queues.timers, workTimers);
  return { publishing, dependenciesOf };
};
export type Hub = ReturnType<typeof createHub>;
