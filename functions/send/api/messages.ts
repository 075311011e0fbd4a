import { createHash } from "node:crypto";
import { decideMessage } from "#domain/decision/decide-message.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { DataKeys } from "#ports/decision-log.ts";
import type { RecordedDecision } from "#ports/decision-store.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { EventBus, Timers } from "#ports/queues.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import {
  askSenders,
  type CommitDependencies,
  commitDecision,
  countDecisions,
} from "#usecases/decide/commit.ts";
import { type LoggingDependencies, logAgain, logDecisions } from "#usecases/decide/log-decisions.ts";
import { checkLiquid } from "./check-liquid.ts";
import type { MessageRequest, operations } from "./operations.ts";
import { readOrder } from "./order.ts";
import { findRecipient, type RecipientDependencies } from "./recipient.ts";

export type MessagesDependencies = RecipientDependencies &
  CommitDependencies &
  LoggingDependencies & {
    readonly messages: Pick<MessageStore, "get">;
    readonly playbooks: Pick<CompiledVersions, "current">;
    readonly bus: EventBus;
    readonly timers: Timers;
    readonly dataKeys: DataKeys;
  };

type RequestCall = Call<typeof operations.requestMessage>;
type Accepted = Answer<typeof operations.requestMessage>;

const IDEMPOTENT_FOR_MS = 24 * 3_600_000;
/** A key in daily use comes round again and again; further back than this nobody looks. */
const MAX_GENERATIONS = 1_000;

const hashOf = (request: MessageRequest): string =>
  createHash("sha256")
    .update(JSON.stringify(sorted(request)))
    .digest("base64url");

/** The same members in another order are the same body. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
};

/** The decision's id, and what was recorded under it by an earlier request with the same key. */
type Slot = { readonly decisionId: string; readonly earlier: RecordedDecision | null };

/**
 * Finds the slot of an idempotency key: the first generation that is free or younger than a day. Keys of different API
 * keys never meet.
 */
const slotFor = async (deps: MessagesDependencies, { headers, key: caller }: RequestCall): Promise<Slot> => {
  const key = headers["idempotency-key"] ?? "";
  if (key === "") return { decisionId: deps.ids.id("dec"), earlier: null };
  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    const decisionId = hashId("dec", "idempotency", caller.hash, key, String(generation));
    const earlier = await deps.decisions.recorded(decisionId);
    const isOver =
      earlier !== null && deps.clock.now() - Date.parse(earlier.decision.at) >= IDEMPOTENT_FOR_MS;
    if (!isOver) return { decisionId, earlier };
  }
  throw new RapportError("idempotency_conflict", "this idempotency key is worn out, take another");
};

const accepted = (decision: Decision, message: Message): Accepted => ({
  status: 202,
  json: {
    messageId: message.messageId,
    decisionId: message.decisionId,
    conversationId: message.conversationId,
    status: decision.actions.length === 0 ? "rejected" : "requested",
    reasons: decision.actions.length === 0 ? decision.rejected.map(({ reason }) => reason) : [],
  },
});

/** Answers with what the first request did, and asks senders and log again: it may have died before it could. */
const repeat = async (
  deps: MessagesDependencies,
  { decision, messages }: RecordedDecision,
  requestHash: string,
): Promise<Accepted> => {
  const [message] = messages;
  if (message?.requestHash !== requestHash) {
    throw new RapportError("idempotency_conflict", "this idempotency key was used with another body");
  }
  await Promise.all([askSenders(deps, { messages }), logAgain(deps, decision)]);
  return accepted(decision, message);
};

const requestMessage = async (deps: MessagesDependencies, call: RequestCall): Promise<Accepted> => {
  const { body } = call;
  const requestHash = hashOf(body);
  const playbook = await deps.playbooks.current();
  const { decisionId, earlier } = await slotFor(deps, call);
  if (earlier !== null) return repeat(deps, earlier, requestHash);
  const addressed = playbook.identifierTypes.get(
    body.to.slice(0, Math.max(0, body.to.indexOf(":"))),
  )?.channel;
  const order = readOrder(body, playbook, addressed);
  if (body.content !== undefined) await checkLiquid(body.content);
  const { record, address } = await findRecipient(deps, body.to, playbook);
  const committed = await commitDecision(deps, record, (current, unavailable) => [
    decideMessage({
      ...order,
      playbook,
      record: current ?? record,
      decisionId,
      now: deps.clock.now(),
      requestHash,
      ...(unavailable.size === 0 ? {} : { unavailable }),
      data: body.data ?? {},
      ...(address === undefined ? {} : { address }),
      ...(body.channel === undefined ? {} : { channel: body.channel }),
      ...(body.sendAt === undefined ? {} : { notBefore: Date.parse(body.sendAt) }),
    }),
  ]);
  const [decision] = committed.decisions;
  const [message] = committed.messages;
  if (decision === undefined || message === undefined)
    throw new RapportError("internal", "nothing was decided");
  if (committed.repeated) return repeat(deps, { decision, messages: committed.messages }, requestHash);
  await Promise.all([askSenders(deps, committed), logDecisions(deps, committed)]);
  countDecisions(deps.telemetry, committed, "message");
  return accepted(decision, message);
};

const showMessage = async (
  deps: MessagesDependencies,
  { params }: Call<typeof operations.showMessage>,
): Promise<Answer<typeof operations.showMessage>> => {
  const message = await deps.messages.get(params.id);
  if (message === null) throw new RapportError("not_found", "there is no message of that id");
  const { messageId, customerId, channel, category, status, history } = message;
  return { status: 200, json: { messageId, customerId, channel, category, status, history } };
};

/** What answers the calls of operations.ts. */
export const messageCalls = (deps: MessagesDependencies): Handlers<typeof operations> => ({
  requestMessage: (call) => requestMessage(deps, call),
  showMessage: (call) => showMessage(deps, call),
});
