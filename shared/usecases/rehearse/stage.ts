import { dueEvent } from "#domain/journey/effects.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { conversationPolicyOf } from "#domain/playbook/model/conversations.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import type { Message } from "#domain/records/message.ts";
import type { SeenMessage } from "#domain/rehearsal/seen.ts";
import { DecisionReleased } from "#events/decision-released.ts";
import { MessageReceived } from "#events/message-received.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DecisionStore, HeldOffers } from "#ports/decision-store.ts";
import { applyGroup } from "../apply/apply-group.ts";
import { answerReceived } from "../converse/answer-received.ts";
import { takeReceived } from "../converse/take-received.ts";
import { decideAnew } from "../decide/decide-anew.ts";
import { decideOnEvent } from "../decide/decide-on-event.ts";
import { onlyRoute } from "../send/routing.ts";
import { sendOne } from "../send/send-one.ts";
import { unlimitedRate } from "../send/sending-rate.ts";
import type { RehearsalDependencies, RehearsalStores } from "./dependencies.ts";
import { createWays, portsOut, timerKey, type Ways } from "./ways.ts";

/** What a rehearsal writes down as it goes along. */
type Notes = {
  readonly messages: SeenMessage[];
  readonly decisions: Decision[];
  /** As they were asked for, by id. */
  readonly requested: Map<string, Message>;
  readonly runs: Map<string, JourneyRun>;
};

const notedCustomers = (customers: CustomerStore, { runs }: Notes): CustomerStore => ({
  ...customers,
  save: async (write) => {
    const result = await customers.save(write);
    if (result === "saved") for (const run of write.runs ?? []) runs.set(run.runId, run);
    return result;
  },
});

const notedDecisions = (decisions: DecisionStore & HeldOffers, notes: Notes): DecisionStore & HeldOffers => ({
  ...decisions,
  commit: async (write) => {
    const result = await decisions.commit(write);
    if (result.result === "committed") {
      notes.decisions.push(...write.decisions);
      for (const message of write.messages) notes.requested.set(message.messageId, message);
    }
    return result;
  },
});

const textsOf = (message: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["subject", "title", "text", "body"].flatMap((name) => {
      const text: unknown = Object.getOwnPropertyDescriptor(message, name)?.value;
      return typeof text === "string" ? [[name, text]] : [];
    }),
  );

/** What every use case of a stage is given. */
const dependenciesOf = (
  kept: RehearsalStores,
  {
    notes,
    ways,
    playbook,
  }: { readonly notes: Notes; readonly ways: Ways; readonly playbook: CompiledPlaybook },
  dataKey: RehearsalDependencies["dataKey"],
) => {
  const current = async () => playbook;
  return {
    ...kept,
    ...portsOut(ways, dataKey),
    customers: notedCustomers(kept.customers, notes),
    decisions: notedDecisions(kept.decisions, notes),
    playbooks: { current, get: current },
    policy: async () => conversationPolicyOf(playbook.document),
  };
};
type Dependencies = ReturnType<typeof dependenciesOf>;

/** Sends a message as its channel's worker would, into the notes. */
const send = async (
  deps: Dependencies,
  { notes, renders }: { readonly notes: Notes; readonly renders: RehearsalDependencies["renders"] },
  requested: MessageRequested,
): Promise<void> => {
  const { messageId } = requested;
  const message = notes.requested.get(messageId);
  const render = renders.get(message?.channel ?? "");
  if (message === undefined || render === undefined) return;
  const { channel, customerId, action } = message;
  const document = async () => (await deps.playbooks.current()).document;
  const note = async (rendered: object) => {
    const at = new Date(deps.clock.now()).toISOString();
    const told = { customerId, channel, at, texts: textsOf(rendered) };
    notes.messages.push(action === undefined ? told : { ...told, action });
    return { result: "accepted", providerMessageId: messageId } as const;
  };
  await sendOne(
    {
      ...deps,
      channel,
      render,
      routing: onlyRoute({ provider: "rehearsal", account: "rehearsal", send: note, rate: unlimitedRate }),
      livePlaybook: document,
      playbook: document,
      publicUrl: "https://rehearsal.invalid",
      linkKeys: async () => ["rehearsal"],
    },
    requested,
  );
};

/**
 * A hub without machines: the same use cases over stores of its own, where what is told is done at once and timers fire in
 * their order, each at its own moment.
 * @param start milliseconds since the epoch
 */
export const createStage = (
  { stores, renders, dataKey }: RehearsalDependencies,
  playbook: CompiledPlaybook,
  start: number,
) => {
  const notes: Notes = { messages: [], decisions: [], requested: new Map(), runs: new Map() };
  const ways = createWays(start);
  const deps = dependenciesOf(stores(), { notes, ways, playbook }, dataKey);
  const document = async () => playbook.document;
  let left = BOUNDS.testDeliveries;

  const hear = async ({ name, detail }: DomainEvent): Promise<void> => {
    if (name === TriggerFired.name) await decideOnEvent(deps, TriggerFired.schema.parse(detail));
    if (name === DecisionReleased.name) await decideAnew(deps, DecisionReleased.schema.parse(detail));
    if (name === MessageRequested.name)
      await send(deps, { notes, renders }, MessageRequested.schema.parse(detail));
    if (name !== MessageReceived.name) return;
    const joined = await takeReceived({ ...deps, playbook: document }, MessageReceived.schema.parse(detail));
    if (joined !== null) await answerReceived(deps, joined);
  };

  const apply = async (events: readonly CollectedEvent[]): Promise<void> => {
    const results = await applyGroup(
      { ...deps, playbook: deps.playbooks.current },
      { v: 1, group: "rehearsal", events },
    );
    for (const { reason } of results.flatMap(({ poison }) => poison)) throw reason;
  };

  /** Does what waits, until nothing does. */
  const settle = async (): Promise<void> => {
    for (let next = ways.waiting.shift(); next !== undefined; next = ways.waiting.shift()) {
      left -= 1;
      if (left < 0) throw new Error(`it does not come to rest: ${BOUNDS.testDeliveries} things came of it`);
      if ("events" in next) await apply(next.events);
      else await hear(next.told);
    }
  };

  return {
    deps,
    notes,
    playbook,
    /** Lets events come in, and all that follows at this moment. */
    tell: async (events: readonly CollectedEvent[]): Promise<void> => {
      ways.waiting.push({ events });
      await settle();
    },
    settle,
    /** Lets time pass until then (milliseconds since the epoch). */
    passUntil: async (until: number): Promise<void> => {
      for (let next = ways.nextTimer(until); next !== undefined; next = ways.nextTimer(until)) {
        ways.timers.delete(timerKey(next));
        ways.turnTo(Date.parse(next.due));
        const event = dueEvent(next.event, new Date(ways.clock.now()).toISOString());
        ways.waiting.push(event === null ? { told: next.event } : { events: [event] });
        await settle();
      }
      ways.turnTo(until);
    },
  };
};
export type Stage = ReturnType<typeof createStage>;
