import type { JsonObject } from "#kernel/json.ts";
import type { Decision } from "../records/decision.ts";
import type { JourneyRun } from "../records/journey.ts";

/** A message as it left. */
export type SeenMessage = {
  readonly customerId: string;
  /** Absent: an answer of the hub's own, such as to STOP. */
  readonly action?: string;
  readonly channel: string;
  /** ISO-8601 */
  readonly at: string;
  /** Texts by name, as the channel's provider is given them. */
  readonly texts: Readonly<Record<string, string>>;
};

/** What became of one customer. */
export type SeenCustomer = {
  readonly customerId: string;
  readonly messages: readonly SeenMessage[];
  /** In the order in which they were made. */
  readonly decisions: readonly Decision[];
  readonly runs: readonly JourneyRun[];
  /** Traits, computed traits and segments, as templates see them. */
  readonly facts: JsonObject;
};
