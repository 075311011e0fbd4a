/** The contact policy as a playbook declares it: who may be contacted how, when and how often. Plain data. */

export type Category = {
  readonly name: string;
  readonly consent: "express" | "implied" | "none";
  /** transactional: skips quiet hours, caps and holdouts; sends through the transactional lane. */
  readonly transactional: boolean;
  /** A yes that comes by a public key waits until the link of a message to its address is followed. */
  readonly confirm?: "double";
  /** Locale (BCP 47) -> what customers read on the preference page. */
  readonly titles?: Readonly<Record<string, string>>;
};
export type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
export type QuietTime = {
  /** Local times `HH:MM`; `from` later than `to` spans midnight. `00:00` to `24:00`: whole days. */
  readonly from: string;
  readonly to: string;
  /** Only while the calendar shows one of these days or holidays; both absent: every day. */
  readonly days?: readonly Day[];
  /** Rules of calendar/holidays.ts. */
  readonly holidays?: readonly string[];
};
/** Where stricter hours hold: phone numbers that begin so, the zones they may lie in, and the hours. */
export type Region = {
  readonly name: string;
  readonly phones: readonly string[];
  readonly zones: readonly string[];
  readonly quietHours: readonly QuietTime[];
  readonly channels: readonly string[];
  readonly categories: readonly string[];
};
/** How long consent of a kind (and, if named, from a source) is good for. */
export type ConsentExpiry = {
  readonly kind: "express" | "implied";
  readonly source?: string;
  readonly afterMs: number;
  /** Empty = all. */
  readonly categories: readonly string[];
};
/** What a message must at least be worth to interrupt anybody. */
export type Interruption = {
  readonly minimum: number;
  /** Empty = all. */
  readonly channels: readonly string[];
  readonly categories: readonly string[];
};
export type QuietHours = QuietTime & {
  readonly channels: readonly string[];
  readonly categories: readonly string[];
};
export type Cap = {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
  /** Empty = all. */
  readonly channels: readonly string[];
  readonly categories: readonly string[];
  readonly actions: readonly string[];
};
/** While what keeps messages of some categories back. */
export type Hold = {
  /** FEEL; absent: while the customer waits for our answer. */
  readonly if?: string;
  readonly categories: readonly string[];
  /** What is held may be decided anew for so long. */
  readonly forMs: number;
};
export type ContactPolicy = {
  readonly categories: readonly Category[];
  readonly quietHours: readonly QuietHours[];
  readonly regions?: readonly Region[];
  readonly consentExpiry?: readonly ConsentExpiry[];
  readonly interruptions?: readonly Interruption[];
  readonly caps: readonly Cap[];
  readonly coolDowns: readonly {
    readonly outcome: string;
    readonly forMs: number;
    readonly actions: readonly string[];
  }[];
  /** Absent: read with `holdsOf` (holds.ts). */
  readonly holdWhile?: readonly Hold[];
  /** Share (0..1) of customers who never get non-transactional contact, to measure uplift. */
  readonly holdout: number;
};
