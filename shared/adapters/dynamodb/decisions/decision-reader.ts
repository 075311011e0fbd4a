import type { Decision } from "#domain/records/decision.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import { getItems } from "../requests/batches.ts";
import { getItem, type Item, keyOf, type Table } from "../requests/items.ts";
import { fromDecisionItem, namedDecision, type ReadVersion } from "./decision-item.ts";

/** @param history the history table, where decisions lie */
export const readDecisionItem = async (history: Table, decisionId: string): Promise<Item | undefined> => {
  const item = await getItem(history, keyOf(decisionId));
  return item?.kind?.S === "decision" ? item : undefined;
};

/** Decisions for those who only look at them. `readVersion`: absent where nobody asks for names of release 0.1. */
export const dynamoDecisionReader = (
  history: Table,
  readVersion?: ReadVersion,
): Pick<DecisionStore, "get" | "getAll"> => {
  const read = async (item: Item): Promise<Decision> =>
    readVersion === undefined ? fromDecisionItem(item) : namedDecision(item, readVersion);
  return {
    get: async (decisionId) => {
      const item = await readDecisionItem(history, decisionId);
      return item === undefined ? null : read(item);
    },
    getAll: async (decisionIds) => {
      const items = await getItems(
        history,
        decisionIds.map((id) => keyOf(id)),
      );
      const decisions = await Promise.all(items.filter(({ kind }) => kind?.S === "decision").map(read));
      return new Map(decisions.map((decision) => [decision.decisionId, decision]));
    },
  };
};
