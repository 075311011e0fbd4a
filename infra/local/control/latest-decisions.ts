import { fromDecisionItem, messageIdsOf } from "#adapters/dynamodb/decisions/decision-item.ts";
import { parameterName } from "#runtime/names.ts";
import type { Deployment } from "../assembly/deployment.ts";
import type { StateDatabase } from "../state/database.ts";

/** As the pages list it; the public API tells the rest by its id. */
export type ListedDecision = {
  readonly decisionId: string;
  readonly customerId: string | null;
  readonly placement: string;
  readonly at: string;
  readonly actions: readonly string[];
  /** Ids of the messages that it led to. */
  readonly messages: readonly string[];
};
export type DecisionFilter = {
  readonly id?: string | undefined;
  readonly customerId?: string | undefined;
  readonly messageId?: string | undefined;
};

/** Decisions that were kept, newest first. */
export type LatestDecisions = (filter: DecisionFilter) => readonly ListedDecision[];

const SHOWN = 50;

/**
 * Lists decisions of every customer, as no store of the hub can: its own keys ask by decision or by customer. It reads the
 * whole history table, which on a developer's machine is small.
 */
export function createLatestDecisions(database: StateDatabase, { parameters }: Deployment): LatestDecisions {
  const table = parameters.get(parameterName("local", "tables/history"));
  const select = database.prepare(
    `SELECT item FROM dynamo_items WHERE space = ?1 AND instr(item, '"kind":{"S":"decision"}') > 0
     AND (?2 IS NULL OR item ->> '$.pk.S' = ?2) AND (?3 IS NULL OR item ->> '$.customerId.S' = ?3)
     AND (?4 IS NULL OR EXISTS (SELECT 1 FROM json_each(item, '$.messages.L') WHERE value ->> '$.S' = ?4))
     ORDER BY item ->> '$.at.S' DESC LIMIT ?5`,
  );
  return ({ id = null, customerId = null, messageId = null }) =>
    table === undefined
      ? []
      : select.all(table, id, customerId, messageId, SHOWN).map(({ item }) => listed(String(item)));
}

const listed = (text: string): ListedDecision => {
  const item = JSON.parse(text);
  // What was considered beside the choice is packed in bytes, which here stand as a text; the list does not need it.
  delete item.considered;
  const { decisionId, customerId, placement, at, actions } = fromDecisionItem(item);
  return {
    decisionId,
    customerId,
    placement,
    at,
    actions: actions.map(({ action }) => action),
    messages: messageIdsOf(item),
  };
};
