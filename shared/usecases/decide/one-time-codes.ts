import type { MessageOrder } from "#domain/decision/decide-message.ts";
import { ownContent } from "#domain/decision/input/named-order.ts";
import { localeOf } from "#domain/message/content.ts";
import { codeContent, codeLimits, isCode, newCode } from "#domain/message/one-time-code.ts";
import type { LinkKeys } from "#domain/message/token.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError } from "#kernel/errors.ts";
import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import type { CodeStore } from "#ports/code-store.ts";
import { findRecipient, type RecipientDependencies } from "./find-recipient.ts";
import { type OrderDependencies, type Ordered, orderMessage } from "./order-message.ts";

export type CodeDependencies = RecipientDependencies &
  OrderDependencies & {
    readonly codes: CodeStore;
    readonly linkKeys: () => Promise<LinkKeys>;
  };

export type CodeRequest = {
  /** customerId, or a normalized `type:value`. */
  readonly ref: string;
  readonly playbook: CompiledPlaybook;
  /** Where it may go, the best first; one at least. */
  readonly channels: readonly [string, ...string[]];
  readonly order: Pick<MessageOrder, "category" | "action"> & {
    /** What the playbook says in it; none: the hub's own words. */
    readonly treatments: MessageOrder["treatments"];
  };
  readonly length: number;
  readonly ttlMs: number;
};

export type CodeOrdered = Ordered & { readonly otpId: string };

type Target = { readonly channel: string; readonly value: string };

/** The address that was named, where it is one of a channel that may be taken; else the customer's latest on the first that has one. */
const targetOf = (
  { channels, playbook, ref }: CodeRequest,
  record: CustomerRecord | null,
): Target | undefined => {
  const colon = ref.indexOf(":");
  const named = playbook.identifierTypes.get(ref.slice(0, Math.max(0, colon)))?.channel;
  if (named !== undefined && channels[0] === named) return { channel: named, value: ref.slice(colon + 1) };
  const addresses = record?.state.addresses.filter(({ status }) => status === "active") ?? [];
  return channels.flatMap((channel) => addresses.find((one) => one.channel === channel) ?? [])[0];
};

const tooMany = (message: string, waitMs: number): RapportError =>
  new RapportError("rate_limited", message, { retryAfter: Math.max(1, Math.ceil(waitMs / SECOND_MS)) });

/**
 * Sends somebody a one-time code: one message, with its decision. Whoever asks for too many is refused before anybody becomes
 * a customer.
 * @throws RapportError `rate_limited` past the limits of the address or of its country; `not_found` for an id of ours that does
 * not exist
 */
export const requestCode = async (deps: CodeDependencies, request: CodeRequest): Promise<CodeOrdered> => {
  const { channels, length, order, playbook, ref, ttlMs } = request;
  const now = deps.clock.now();
  const named = targetOf(request, null);
  const [keys, known] = await Promise.all([
    deps.linkKeys(),
    named === undefined ? deps.customers.find(ref) : null,
  ]);
  const target = named ?? targetOf(request, known);
  const channel = target?.channel ?? channels[0];
  const limits = codeLimits(keys, target ?? { channel, value: ref });
  const wait = await deps.codes.takePlaces(limits, now);
  if (wait !== null) throw tooMany("too many one-time codes were asked for there", wait);
  const { record } = await findRecipient(deps, ref, playbook);
  const otpId = deps.ids.id("otp");
  const until = new Date(now + ttlMs).toISOString();
  const { hash, mark } = newCode(keys, { id: otpId, length, until });
  // First, so that whoever has the code can say it.
  await deps.codes.keep({ id: otpId, hash, until, limits });
  const own = order.treatments.filter((one) => one.channel === channel);
  const ordered = await orderMessage(deps, {
    ...order,
    ...(own.length > 0
      ? { treatments: own }
      : {
          treatments: [ownContent(channel)],
          content: codeContent(playbook.document.brand, channel, localeOf(record.state)),
        }),
    ...(target === undefined ? {} : { address: target }),
    record,
    playbook,
    channel,
    code: mark,
    data: { minutes: Math.max(1, Math.floor(ttlMs / MINUTE_MS)) },
    decisionId: deps.ids.id("dec"),
    requestHash: otpId,
  });
  return { ...ordered, otpId };
};

/**
 * Whether a code is the one that was sent, once: a code that was right is used up.
 * @throws RapportError `rate_limited` when it has no tries left; `not_found` where there is none of that id
 */
export const checkCode = async (
  deps: Pick<CodeDependencies, "clock" | "codes" | "linkKeys">,
  { otpId, code }: { readonly otpId: string; readonly code: string },
): Promise<boolean> => {
  const now = deps.clock.now();
  const tried = await deps.codes.takeTry(otpId, now);
  if (tried.result === "missing") throw new RapportError("not_found", "there is no one-time code of that id");
  if (tried.result === "over") return false;
  if (tried.result === "worn") {
    throw tooMany("the one-time code has no tries left, ask for another", Date.parse(tried.until) - now);
  }
  if (!isCode(await deps.linkKeys(), otpId, code, tried.code.hash)) return false;
  if (!(await deps.codes.use(otpId, now))) return false;
  await deps.codes.giveBack(tried.code.limits);
  return true;
};
