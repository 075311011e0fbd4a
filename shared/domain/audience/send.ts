import { hashId } from "#kernel/hash.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { firstZone, msOfLocalDay, nextLocal } from "../calendar/local-time.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";
import type { Audience } from "./audience.ts";
import type { Counts } from "./job.ts";

/** A placement asked once for each customer of an audience. */
export type Send = {
  readonly name: string;
  readonly audience: Audience;
  readonly placement: string;
  /** Nothing is recorded and nobody hears anything: what would be is counted. */
  readonly dryRun: boolean;
  /** When it begins, once it is no dry run (ISO-8601 UTC). Absent: at once. */
  readonly at?: string;
  /** The hour of each customer's own day at which messages leave, `18:00`. Absent: at once. */
  readonly hour?: string;
  /** Shares of what was sent at which it stops by itself. */
  readonly stopAt: StopAt;
};
export type StopAt = { readonly bounced: number; readonly complained: number };

/** Mailbox providers put senders off from 0.3 % complaints; from 5 % bounces on, those who carry mail look at the account. */
export const DEFAULT_STOP: StopAt = { bounced: 0.05, complained: 0.003 };
/** So few are no share of anything yet. */
const LEAST: StopAt = { bounced: 10, complained: 3 };

/** What bounced and what was complained about, of the messages of a send. */
export type Told = { readonly bounced: number; readonly complained: number };
export const NOTHING_TOLD: Told = { bounced: 0, complained: 0 };

/** What goes wrong with so many of a send's messages that it stops; null: it may go on. */
export const breaks = (stopAt: StopAt, told: Told, sent: number): keyof Told | null => {
  for (const what of ["complained", "bounced"] as const)
    if (told[what] >= LEAST[what] && told[what] > stopAt[what] * sent) return what;
  return null;
};

/** The same for a send and a customer, however often they meet. */
export const sendDecisionId = (sendId: string, customerId: string): string =>
  hashId("dec", "send", sendId, customerId);

export const SEND_PREFIX = "snd_";
/** The send that a decision was made for; null: none. */
export const sendOf = ({ eventId }: Pick<Decision, "eventId">): string | null =>
  eventId?.startsWith(SEND_PREFIX) === true ? eventId : null;

/** `18:00`, in milliseconds of the day. */
const msOfHour = (hour: string): number => {
  const [hours = 0, minutes = 0] = hour.split(":").map(Number);
  return hours * HOUR_MS + minutes * MINUTE_MS;
};

/** When a message of a send may leave at the earliest, in milliseconds since the epoch; undefined: now. */
export const earliestFor = (
  { hour }: Pick<Send, "hour">,
  { traits, deviceZone }: CustomerState,
  playbook: CompiledPlaybook,
  now: number,
): number | undefined => {
  if (hour === undefined) return undefined;
  const zones = [traits.timezone?.value, traits.timeZone?.value, deviceZone?.name];
  const zone = firstZone(zones, playbook.document.brand.timeZone);
  const first = nextLocal(zone, now, msOfHour(hour));
  // Clocks that go back on the way show an earlier hour then.
  return msOfLocalDay(zone, first) < msOfHour(hour) ? nextLocal(zone, first, msOfHour(hour)) : first;
};

const REFUSED = "refused#";
const BY_CHANNEL = "channel#";
export const AUDIENCE = "audience";
export const DECIDED = "decided";
export const SENT = "sent";
export const COST = "cost";

/** Why a customer gets nothing, in a word: what policy said before what rules said. */
const reasonOf = ({ rejected }: Decision): string => {
  const kept = rejected.find(({ stage }) => stage === "policy" || stage === "channel");
  return (kept ?? rejected[0])?.reason ?? "nothing-to-say";
};

/** What one customer's decision adds to the counts of a send. */
export const countedDecision = (decision: Decision, { document: { brand } }: CompiledPlaybook): Counts => {
  const decided = { [AUDIENCE]: 1, [DECIDED]: 1 };
  if (decision.actions.length === 0) return { ...decided, [`${REFUSED}${reasonOf(decision)}`]: 1 };
  const channels: Record<string, number> = {};
  let cost = 0;
  for (const { channel = "" } of decision.actions) {
    channels[`${BY_CHANNEL}${channel}`] = (channels[`${BY_CHANNEL}${channel}`] ?? 0) + 1;
    cost += brand.costs?.[channel] ?? 0;
  }
  return { ...decided, [SENT]: 1, [COST]: cost, ...channels };
};

const under = (counts: Counts, prefix: string): Counts =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), count]] : [],
    ),
  );

/** The counts of a send by what they are. */
export const sendCounts = (counts: Counts) => ({
  total: counts[AUDIENCE] ?? 0,
  decided: counts[DECIDED] ?? 0,
  sent: counts[SENT] ?? 0,
  refused: under(counts, REFUSED),
  channels: under(counts, BY_CHANNEL),
  cost: Math.round((counts[COST] ?? 0) * 1e6) / 1e6,
});
