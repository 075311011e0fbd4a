import type { Json, JsonObject } from "#kernel/json.ts";
import type { Handler } from "./conversation.ts";
import type { Effects, Timer } from "./effects.ts";
import type { CollectedEventType, Standing } from "./event.ts";
import type { CustomerId, Identifier, LinkedIdentifier } from "./identity.ts";
import type { RunsHint } from "./journey.ts";
import type { ConsentState, ContactHistory } from "./permission.ts";

/** What is kept of one customer: plain data, as stored. Times are ISO-8601 UTC strings unless a name says otherwise. */

/**
 * A trait with the event that set it: the later `at` wins, on a tie the greater `by`. A null `value` is a removed trait.
 * `standing`: the event's; absent: trusted.
 */
export type Trait = {
  readonly value: Json;
  readonly at: string;
  readonly by: string;
  readonly standing?: Standing;
};

/** Where a customer can be reached. `status` other than `active` means: do not send. */
export type Address = {
  readonly channel: string;
  readonly value: string;
  readonly status: "active" | "bounced" | "complained" | "invalid";
  readonly at: string;
  /** When a public key first gave it, by our clock. Absent: somebody trusted or proven gave it. */
  readonly heardAt?: string;
  /** By which browser, or installed app, a public key gave a device: its anonymousId. */
  readonly browser?: string;
};

/** One of the last events, kept beside the profile so that a decision needs no second read. */
export type RecentEvent = {
  readonly id: string;
  readonly type: CollectedEventType;
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
  readonly depth: number;
  /** Absent: trusted. */
  readonly standing?: Standing;
};

/** A trigger that waits (`after`): one per trigger and customer, the later event restarts the wait. */
export type PendingTrigger = {
  readonly trigger: string;
  readonly timerId: string;
  readonly due: string;
  readonly eventId: string;
  readonly eventAt: string;
  /** An earlier wait's timer, which fires first and is then set again for this wait (profile/trigger/waits.ts). */
  readonly armedBy?: Pick<Timer, "id" | "due">;
  /** Causal depth of the event. */
  readonly depth?: number;
};

/** What one kind of computed trait keeps (computed/kinds.ts); only the members of its kind are there. */
export type Accumulator = {
  /** count */
  readonly n?: number;
  /** sum, in millionths: decimal fractions add up exactly and in any order. */
  readonly sum?: string;
  /** min, max, first, last */
  readonly value?: Json;
  /** first, last: when, and by which event. */
  readonly at?: string;
  readonly by?: string;
  /** distinct, up to 100: hashes of the values, sorted. */
  readonly values?: readonly string[];
  /** distinct, beyond: a HyperLogLog sketch. */
  readonly sketch?: string;
};

/** Kept state of one computed trait. `of`: fingerprint of the declaration it was counted by. */
export type ComputedState = {
  readonly of: string;
  /** Set when the trait was declared after the customer was created: events before this time are not counted. */
  readonly since?: string;
  /** Over all time. */
  readonly all?: Accumulator;
  /** Over a window, by bucket number (computed/windows.ts). */
  readonly buckets?: Readonly<Record<string, Accumulator>>;
  /** distinct over a window: hash of a value -> last bucket it was seen in; every 2^level-th value when there are many. */
  readonly sample?: { readonly level: number; readonly last: Readonly<Record<string, number>> };
};

/** What rules know of a customer's last conversation. */
export type CustomerConversation = {
  /** Absent: they wrote, and nobody has done anything with it yet. */
  readonly conversationId?: string;
  readonly open: boolean;
  readonly handler: Handler;
  readonly channel: string;
  readonly topic?: string;
  /** Since when they wait for our answer. */
  readonly waitingSince?: string;
  /** How they rated us last, from 1 to 5. */
  readonly lastRating?: number;
  /** When it became so. */
  readonly at: string;
};

/** A decision that contact policy kept something back in, for as long as it may be made anew (ISO-8601 UTC). */
export type HeldDecision = {
  readonly decisionId: string;
  /** What was held: it is decided anew when one of them may leave. */
  readonly categories: readonly string[];
  readonly until: string;
};

/** Something of a customer that becomes another, or is looked at again, at a moment although nobody does anything. */
export type NextMoment = {
  /** `segment:<name>`, or `trigger:<name>`. */
  readonly of: string;
  readonly at: string;
  /** The one timer set for it. It may be due earlier, and is then set again. */
  readonly timer: Pick<Timer, "id" | "due">;
};

/**
 * The item `state` of a customer; written by apply-events only, conditional on `version`.
 * Bounded: 300 traits, 32 KB soft, 64 KB hard.
 */
export type CustomerState = {
  readonly customerId: CustomerId;
  /** 1 for the first write, +1 for every write. 0 means: not stored yet. */
  readonly version: number;
  /** Earliest and latest event time: the same whatever order events arrive in. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly identifiers: readonly LinkedIdentifier[];
  /** Identifiers seen with this customer that belong to somebody else: shown, never used to resolve. */
  readonly contested: readonly Identifier[];
  /** What public keys said they are reached or log in by, and nobody else did: shown, never written to. Absent: nothing. */
  readonly unproven?: readonly Identifier[];
  /** When somebody trusted or proven first spoke of them, by our clock; `never`: nobody did. Absent: by release 0.1, ever. */
  readonly vouchedAt?: string;
  /** Set on a visitor whom an event named together with somebody, and who did not become known by it (identity/visitor.ts). */
  readonly named?: true;
  readonly traits: Readonly<Record<string, Trait>>;
  /** The last time zone that a device of theirs told, an IANA name, and when. Absent: none did. */
  readonly deviceZone?: { readonly name: string; readonly at: string };
  readonly computed: Readonly<Record<string, ComputedState>>;
  /** Segment name -> since when. */
  readonly segments: Readonly<Record<string, string>>;
  /** Latest first, so that the first active one of a channel is the one to use. */
  readonly addresses: readonly Address[];
  /** Latest event time per event name, for names that a trigger's `unless` watches. */
  readonly lastSeen: Readonly<Record<string, string>>;
  /** Newest last, bounded in number and bytes; an event too big for it is found in history only. */
  readonly recent: readonly RecentEvent[];
  /** Position (`at#id`) up to which `recent` has forgotten: keeps it the same in any order of arrival. */
  readonly forgotten?: string;
  /** Fingerprints of the computed traits that are being counted: one missing here counts from now on. */
  readonly counting?: readonly string[];
  /** Latest time of an outcome of an action, by `<outcome>|<action>`: kept where a rule of the playbook asks for it. */
  readonly responses?: Readonly<Record<string, string>>;
  /** Clicks by channel and hour of the day (UTC, `0` to `23`). */
  readonly hours?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Their conversation with us. Absent: there was none. */
  readonly conversation?: CustomerConversation;
  /** Categories that nothing is sent of while their conversation is as it is. Absent: none. */
  readonly holding?: readonly string[];
  /** What is to be decided anew when it is another. Absent: nothing. */
  readonly held?: readonly HeldDecision[];
  /** When they last wrote, by channel, on those that take free words only for a while after that. Absent: never. */
  readonly wroteAt?: Readonly<Record<string, string>>;
  /** How many messages they wrote that somebody is to answer: the last one's number. Absent: none. */
  readonly received?: number;
  readonly pending: readonly PendingTrigger[];
  /** What time alone will change, as of the conditions whose fingerprint is `of`. Absent: nobody looked yet. */
  readonly inTime?: { readonly of: string; readonly next: readonly NextMoment[] };
  /** Their runs of journeys. Absent: there never was one. */
  readonly runs?: RunsHint;
  /** Customers merged into this one: their history is read together with ours. */
  readonly absorbed: readonly CustomerId[];
  /** Set on an absorbed customer: readers go on to that customer. */
  readonly mergedInto?: CustomerId;
  /** Effects of the last write of each inbox group, which may not be carried out yet (invariant 7), by group id. */
  readonly unsent: Readonly<Record<string, Effects>>;
};

/** All that one Query on the customer's partition returns. */
export type CustomerRecord = {
  readonly state: CustomerState;
  readonly contact: ContactHistory;
  readonly consent: ConsentState;
  /** The item `key`: 32 bytes that the customer's records in the decision log are sealed with; made by the first decision. */
  readonly dataKey?: Uint8Array;
};
