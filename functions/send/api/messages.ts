import { createHash } from "node:crypto";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { MessageStore } from "#ports/message-store.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import {
  findRecipient,
  type Recipient,
  type RecipientDependencies,
} from "#usecases/decide/find-recipient.ts";
import {
  findEarlierOrder,
  type OrderDependencies,
  type Ordered,
  orderMessage,
  repeatOrder,
} from "#usecases/decide/order-message.ts";
import { checkLiquid } from "./check-liquid.ts";
import { type CodeCallDependencies, checkOneTimeCode, requestOneTimeCode } from "./codes.ts";
import type { MessageRequest, operations } from "./operations.ts";
import { readOrder } from "./order.ts";

export type MessagesDependencies = RecipientDependencies &
  OrderDependencies &
  CodeCallDependencies & {
    readonly messages: Pick<MessageStore, "get">;
    readonly playbooks: Pick<CompiledVersions, "current">;
  };

type RequestCall = Call<typeof operations.requestMessage>;
type Accepted = Answer<typeof operations.requestMessage>;

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

const accepted = ({ decision, message }: Ordered): Accepted => ({
  status: 202,
  json: {
    messageId: message.messageId,
    decisionId: message.decisionId,
    conversationId: message.conversationId,
    status: decision.actions.length === 0 ? "rejected" : "requested",
    reasons: decision.actions.length === 0 ? decision.rejected.map(({ reason }) => reason) : [],
  },
  changed: {
    target: message.customerId,
    after: { messageId: message.messageId, channel: message.channel, category: message.category },
  },
});

/** Throws `invalid_request` for what is no identifier, `not_found` for an id of ours that does not exist. */
const recipientOf = async (
  deps: MessagesDependencies,
  to: string,
  playbook: CompiledPlaybook,
): Promise<Recipient> => {
  const ref = readRef(to, playbook, "to");
  if (ref !== null) return findRecipient(deps, ref, playbook);
  throw wrongField("to", "a valid value of its type", "another text");
};

const requestMessage = async (
  deps: MessagesDependencies,
  { body, headers, caller }: RequestCall,
): Promise<Accepted> => {
  const requestHash = hashOf(body);
  const playbook = await deps.playbooks.current();
  const { decisionId, earlier } = await findEarlierOrder(deps, caller.hash, headers["idempotency-key"] ?? "");
  if (earlier !== null) return accepted(await repeatOrder(deps, earlier, requestHash));
  const addressed = playbook.identifierTypes.get(
    body.to.slice(0, Math.max(0, body.to.indexOf(":"))),
  )?.channel;
  const order = readOrder(body, playbook, addressed);
  if (body.content !== undefined) checkLiquid(body.content);
  const recipient = await recipientOf(deps, body.to, playbook);
  const ordered = await orderMessage(deps, {
    ...order,
    ...recipient,
    playbook,
    decisionId,
    requestHash,
    data: body.data ?? {},
    ...(body.channel === undefined ? {} : { channel: body.channel }),
    ...(body.sendAt === undefined ? {} : { notBefore: Date.parse(body.sendAt) }),
  });
  return accepted(ordered);
};

const showMessage = async (
  deps: MessagesDependencies,
  { params }: Call<typeof operations.showMessage>,
): Promise<Answer<typeof operations.showMessage>> => {
  const message = await deps.messages.get(params.id);
  if (message === null) throw new RapportError("not_found", "there is no message of that id");
  const { messageId, customerId, decisionId, channel, category, status, history } = message;
  return { status: 200, json: { messageId, customerId, decisionId, channel, category, status, history } };
};

/** What answers the calls of operations.ts. */
export const messageCalls = (deps: MessagesDependencies): Handlers<typeof operations> => ({
  requestMessage: (call) => requestMessage(deps, call),
  showMessage: (call) => showMessage(deps, call),
  requestOneTimeCode: (call) => requestOneTimeCode(deps, call),
  checkOneTimeCode: (call) => checkOneTimeCode(deps, call),
});
