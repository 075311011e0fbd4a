import * as z from "zod/mini";
import type { HistoryItem } from "../records/effects.ts";
import type { Goal } from "./job.ts";

/** The members of a fact that goals use; a customer's own properties may be of any kind. */
const OutcomeFact = z.object({
  name: z.string(),
  outcome: z.optional(z.string()),
  imported: z.optional(z.boolean()),
  properties: z.record(z.string(), z.unknown()),
});
type OutcomeFact = z.infer<typeof OutcomeFact>;

/** The value reported with an outcome; of an event, Segment's reserved property `revenue`. */
const worthOf = ({ kind }: HistoryItem, { value, revenue }: OutcomeFact["properties"]): number => {
  const worth = kind === "outcome" ? value : revenue;
  return typeof worth === "number" ? worth : 0;
};

/** Whether a fact is the goal. An outcome must name the decision; any event of the customer counts, unless it was imported. */
const reaches = ({ kind }: HistoryItem, body: OutcomeFact, decisionId: string, goal: string): boolean => {
  // A mail scanner follows every link: that is no success.
  if (body.properties.machine === true) return false;
  if (kind === "outcome") {
    return body.properties.decisionId === decisionId && [body.outcome, body.name].includes(goal);
  }
  return kind === "event" && body.name === goal && body.imported !== true;
};

/** What a fact of the customer, of the goal's time, is worth to a decision on them; null when it is not its goal. */
export const rewardFrom = (
  fact: HistoryItem,
  decisionId: string,
  { outcome, value }: Goal,
): number | null => {
  const body = z.safeParse(OutcomeFact, fact.body);
  if (!body.success || !reaches(fact, body.data, decisionId, outcome)) return null;
  return value ? worthOf(fact, body.data.properties) : 1;
};
