import type { JsonObject } from "#kernel/json.ts";
import type { CustomerId, Identifier } from "./identity.ts";

/** An event of greater causal depth triggers nothing, or the hub might go on answering itself (invariant 9). */
export const MAX_DEPTH = 5;

/** The name under which the hub tells itself, by an event of type `journey`, that a moment of a customer's has come. */
export const TIME_DUE = "time.due";

export type CollectedEventType =
  | "identify"
  | "track"
  | "page"
  | "screen"
  | "group"
  | "alias"
  | "outcome"
  | "segment"
  /** Told by the hub itself to a customer's runs of journeys. */
  | "journey";

/**
 * Who speaks. `public`: anybody, by a write key, which stands in web pages. `proven`: the customer, whom the company's own
 * server has proven to be the one with that userId. `trusted`: the company, by a secret key or from its own account.
 */
export const STANDINGS = ["public", "proven", "trusted"] as const;
export type Standing = (typeof STANDINGS)[number];

/** An accepted event on its way to a profile: Segment's shape, normalized at the edge. */
export type CollectedEvent = {
  /** `evt_` + hash of (source, messageId): the same event always has the same id. */
  readonly id: string;
  readonly type: CollectedEventType;
  /** track: the event's name; page, screen: its name or the type; others: the type; outcome: `message.delivered`... */
  readonly name: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly previousId?: string;
  readonly groupId?: string;
  /** Set when the event is about a customer we already know by our own id (outcomes, cloud events). */
  readonly customerId?: CustomerId;
  /** Further identifiers, not yet normalized. */
  readonly identifiers?: readonly Identifier[];
  readonly traits?: JsonObject;
  readonly properties?: JsonObject;
  readonly context?: JsonObject;
  /** Event time, corrected for the client's clock. */
  readonly at: string;
  readonly receivedAt: string;
  /** Name of the key or cloud source that sent it. */
  readonly source: string;
  /** True for `/v1/import`: applied, triggers nothing. */
  readonly imported: boolean;
  /** Causal depth: 0 for what people do, the message's depth + 1 for an outcome of a message. */
  readonly depth: number;
  /** Absent: trusted, as everything was that release 0.1 queued. */
  readonly standing?: Standing;
};

/** What an inbox message holds: events of one group, oldest first. */
export type InboxMessage = {
  readonly v: 1;
  readonly group: string;
  readonly events: readonly CollectedEvent[];
};
