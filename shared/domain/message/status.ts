import {
  MESSAGE_STATUSES,
  type Message,
  type MessageStatus,
  type MessageWarning,
  type StatusChange,
} from "../records/message.ts";

/**
 * Where a message may move from each status.
 * - `sending -> requested`: the provider surely did not take it (throttled, put off to the end of quiet hours), or the
 *   message is transactional and is tried again although nobody knows.
 * - `requested -> sent|delivered`: the provider's own event settles an attempt whose answer was lost.
 * - `delivered -> failed`: mail bounces late, after the receiving server had taken it (RFC 3464).
 * - `-> read`: a provider may tell at once that it was read, and never that it was delivered.
 */
const MOVES: Readonly<Record<MessageStatus, readonly MessageStatus[]>> = {
  requested: ["sending", "sent", "delivered", "read", "failed", "rejected"],
  sending: ["requested", "uncertain", "sent", "delivered", "read", "failed", "rejected"],
  uncertain: ["sent", "delivered", "read", "failed"],
  sent: ["delivered", "read", "failed"],
  delivered: ["read", "failed"],
  read: [],
  failed: [],
  rejected: [],
};

export const mayMove = (from: MessageStatus, to: MessageStatus): boolean => MOVES[from].includes(to);

/** The statuses from which a message may reach `to`: the condition of a conditional write. */
export const originsOf = (to: MessageStatus): readonly MessageStatus[] =>
  MESSAGE_STATUSES.filter((from) => mayMove(from, to));

/** Whom an attempt asked, the last of all and those before. */
export type Asked = Required<Pick<StatusChange, "provider" | "account" | "attempt">> &
  Pick<StatusChange, "tries">;

export type Move = {
  readonly at: string;
  readonly reason?: string;
  readonly advice?: string;
  readonly warnings?: readonly MessageWarning[];
  readonly providerMessageId?: string;
  /** Of an attempt to send: who was asked. */
  readonly asked?: Asked;
  /** Not while a sender holds the message at this time (ISO-8601): for those who did not claim it. */
  readonly unlessHeldAt?: string;
} & (
  | {
      readonly status: "requested";
      /** When the sweep looks after it, should nobody move it before (domain/message/sweep.ts). */
      readonly sweepAt: string;
    }
  /** Without `sweepAt` the sweep has nothing more to do with it. */
  | { readonly status: Exclude<MessageStatus, "requested">; readonly sweepAt?: string }
);

/** The message after a move, or null when the move is not allowed. A move ends the sender's claim. */
export function moveTo(message: Message, move: Move): Message | null {
  if (!mayMove(message.status, move.status)) return null;
  const { claimedUntil, sweepAt: _before, ...unclaimed } = message;
  const isHeld =
    move.unlessHeldAt !== undefined && claimedUntil !== undefined && claimedUntil >= move.unlessHeldAt;
  if (isHeld) return null;
  return {
    ...unclaimed,
    status: move.status,
    history: [...message.history, toChange(move)],
    ...(move.sweepAt === undefined ? {} : { sweepAt: move.sweepAt }),
    ...(move.providerMessageId === undefined ? {} : { providerMessageId: move.providerMessageId }),
  };
}

export const toChange = (move: Move): Message["history"][number] => ({
  status: move.status,
  at: move.at,
  ...(move.reason === undefined ? {} : { reason: move.reason }),
  ...(move.advice === undefined ? {} : { advice: move.advice }),
  ...(move.warnings === undefined || move.warnings.length === 0 ? {} : { warnings: move.warnings }),
  ...(move.asked === undefined ? {} : askedIn(move.asked)),
});

const askedIn = ({ tries = [], ...asked }: Asked): Omit<StatusChange, "status" | "at"> =>
  tries.length === 0 ? asked : { ...asked, tries };

/** The short name of a reason: what follows it explains it. */
export const reasonName = (reason: string): string => reason.split(":")[0] ?? reason;

/** Why a message is where it is, with the advice that was given when that reason began. */
export const latestReason = (
  history: Message["history"],
): Pick<Message["history"][number], "reason" | "advice"> => {
  const { reason, advice = adviceFor(history, reason) } = history.at(-1) ?? {};
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(advice === undefined ? {} : { advice }),
  };
};

/** The advice given for a reason that has gone on since; undefined when another reason came in between. */
export const adviceFor = (history: Message["history"], reason: string | undefined): string | undefined => {
  if (reason === undefined) return undefined;
  const reasoned = history.filter((change) => change.reason !== undefined);
  const other = reasoned.findLastIndex((change) => change.reason !== reason);
  return reasoned.slice(other + 1).find(({ advice }) => advice !== undefined)?.advice;
};

export type Claim = {
  /** ISO-8601 */
  readonly now: string;
  readonly until: string;
  /** `after-expiry`: a message whose sender died is sent again (at least once); `never`: it is not (at most once). */
  readonly reclaim: "never" | "after-expiry";
};

export const mayClaim = (message: Message, claim: Claim): boolean => {
  if (message.status === "requested") return true;
  if (message.status !== "sending" || claim.reclaim === "never") return false;
  return message.claimedUntil !== undefined && message.claimedUntil < claim.now;
};

/** The message once claimed: only its holder may call the provider. */
export const claimed = (message: Message, claim: Claim): Message => ({
  ...message,
  status: "sending",
  attempts: message.attempts + 1,
  claimedUntil: claim.until,
  history: [...message.history, { status: "sending", at: claim.now }],
});
