import { mailboxSaidNo } from "../contact-policy/mailbox-refusals.ts";
import type { CompiledAction } from "../playbook/model/compiled.ts";
import type { Treatment } from "../playbook/model/document.ts";
import type { CustomerRecord } from "../records/customer.ts";
import { type Decision, MESSAGES_PLACEMENT } from "../records/decision.ts";
import type { Message } from "../records/message.ts";
import { choose, contactAfter } from "./decide.ts";
import { notingBasis } from "./explore/basis.ts";
import type { Candidate } from "./input/candidate.ts";
import type { DecideInput, DecideResult } from "./input/input.ts";
import type { NamedOrder, Ordered } from "./input/named-order.ts";
import { preparedPlaybook } from "./prepared/playbook.ts";
import { type MessageSubject, messageOf } from "./record/request.ts";
import { claimsOf } from "./stages/claims.ts";

/** Action name in the record of a message that belongs to no action of the playbook. */
export const ADHOC_ACTION = "message";

export type MessageOrder = Omit<DecideInput, "placement" | "mode" | "record" | "limit"> &
  Ordered & {
    readonly record: CustomerRecord;
    readonly content?: NonNullable<Message["content"]>;
    readonly requestHash?: string;
    /** Categories that the message asks to confirm. */
    readonly confirms?: readonly string[];
    /** The message that brought no report. */
    readonly insteadOf?: string;
    /** The one-time code that it carries. */
    readonly code?: NonNullable<Message["code"]>;
    /** The address that the caller named; used when the message goes out on its channel. */
    readonly address?: { readonly channel: string; readonly value: string };
  };

/**
 * Decides on a message that an application asks for by name. The caller decides whether it is worth sending; contact policy
 * still applies. There is always a record and always one message, which is `rejected` when policy forbids it.
 */
export const decideMessage = (order: MessageOrder): DecideResult => {
  const input: DecideInput = { ...order, placement: MESSAGES_PLACEMENT, mode: "message", limit: 1 };
  const { record, category } = order;
  const candidate = withoutMinimum(preparedPlaybook(order.playbook).candidateOf(orderedAction(order)));
  const noting = notingBasis(input);
  const { decision, selected } = choose(noting.input, [candidate]);
  const basis = { ...noting.basis(), order: nameOf(order) };
  const [only] = selected;
  const channel = only?.channel.name ?? order.channel ?? candidate.channels[0]?.name ?? "";
  const requested = messageOf(input, record.state.customerId, {
    rank: 1,
    channel,
    category,
    at: only?.at ?? Math.max(order.now, order.notBefore ?? order.now),
    subject: subjectOfOrder(order, channel, only?.choice.treatment),
  });
  if (only === undefined) {
    return { decision, basis, messages: [rejectedMessage(requested, reasonOf(decision, category.name))] };
  }
  const claims = claimsOf(input, selected);
  const contact = contactAfter(input, record, selected, claims);
  return {
    decision,
    basis,
    messages: [requested],
    ...(claims.length === 0 ? {} : { claims }),
    ...(contact === undefined ? {} : { contact }),
  };
};

const nameOf = ({ category, content, treatments: [first] }: MessageOrder): NamedOrder => ({
  category: category.name,
  ...(content === undefined ? { treatment: first?.name ?? "" } : { contentOn: first?.channel ?? "" }),
});

const subjectOfOrder = (
  order: MessageOrder,
  channel: string,
  treatment: Treatment | undefined,
): MessageSubject => ({
  ...(order.requestHash === undefined ? {} : { requestHash: order.requestHash }),
  ...(order.confirms === undefined ? {} : { confirms: order.confirms }),
  ...(order.insteadOf === undefined ? {} : { insteadOf: order.insteadOf }),
  ...(order.code === undefined ? {} : { code: order.code }),
  ...(order.address?.channel === channel ? { to: order.address.value } : {}),
  ...(order.content !== undefined
    ? { content: order.content }
    : {
        ...(order.action === undefined ? {} : { action: order.action.name }),
        treatment: (treatment ?? order.treatments[0])?.name ?? "",
      }),
});

/** In the words of a sender that finds out itself. */
const reasonOf = ({ rejected: [first] }: Decision, category: string): string | undefined =>
  first?.cause?.kind === "consent" && first.cause.verdict === "mailbox-said-no"
    ? mailboxSaidNo(category)
    : first?.reason;

const rejectedMessage = (message: Message, reason: string | undefined): Message => {
  const { sweepAt: _never, ...ended } = message;
  return {
    ...ended,
    status: "rejected",
    history: [{ status: "rejected", at: message.createdAt, ...(reason === undefined ? {} : { reason }) }],
  };
};

/** Its value is not known, so no minimum applies. Costs still decide which of two channels is cheaper. */
const withoutMinimum = (candidate: Candidate): Candidate => ({
  ...candidate,
  channels: candidate.channels.map((channel) => ({ ...channel, minimum: Number.NEGATIVE_INFINITY })),
});

/** An action that is always eligible, has a value and a treatment to choose, because the caller asked for it. */
const orderedAction = (order: MessageOrder): CompiledAction => ({
  name: order.action?.name ?? ADHOC_ACTION,
  category: order.category.name,
  placements: [],
  eligible: [],
  value: 1,
  valueToCustomer: 1,
  lever: 1,
  treatments: order.treatments.map((one) => (one.weight === 0 ? { ...one, weight: 1 } : one)),
  extra: {},
  ...(order.action?.stock === undefined ? {} : { stock: order.action.stock }),
  ...(order.action?.budget === undefined ? {} : { budget: order.action.budget }),
  file: order.action?.file ?? "",
  rules: { eligible: [], value: 1, valueToCustomer: 1, propensity: 1, contextWeight: 1 },
});
