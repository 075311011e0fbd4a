import * as z from "zod/mini";
import type { HistoryItem } from "../records/effects.ts";
import type { Goal } from "./job.ts";

/** What a fact tells about a goal; customers' own properties may be of any kind. */
const Told = z.object({
  name: z.string(),
  outcome: z.optional(z.string()),
  imported: z.optional(z.boolean()),
  properties: z.record(z.string(), z.unknown()),
});
type Told = z.infer<typeof Told>;

/** What an outcome was reported with; of events Segment's reserved property `revenue`, whatever else they have. */
const worthOf = ({ kind }: HistoryItem, { value, revenue }: Told["properties"]): number => {
  const worth = kind === "outcome" ? value : revenue;
  return typeof worth === "number" ? worth : 0;
};

/** Outcomes name their decision; an event is the customer's, whatever moved them to it. Imported history is nobody's merit. */
const reaches = ({ kind }: HistoryItem, told: Told, decisionId: string, goal: string): boolean => {
  // A mail scanner that follows every link is no customer who was won.
  if (told.properties.machine === true) return false;
  if (kind === "outcome") {
    return told.properties.decisionId === decisionId && [told.outcome, told.name].includes(goal);
  }
  return kind === "event" && told.name === goal && told.imported !== true;
};

/** What a fact of the customer, of the goal's time, is worth to a decision on them; null when it is not its goal. */
export const rewardFrom = (
  fact: HistoryItem,
  decisionId: string,
  { outcome, value }: Goal,
): number | null => {
  const told = z.safeParse(Told, fact.body);
  if (!told.success || !reaches(fact, told.data, decisionId, outcome)) return null;
  return value ? worthOf(fact, told.data.properties) : 1;
};
