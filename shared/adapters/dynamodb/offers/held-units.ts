import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { withoutHold } from "#domain/decision/stages/claims.ts";
import { CONFLICT, type Conflict, retryConflicts } from "#kernel/retry.ts";
import type { HeldOffers, HeldUnit } from "#ports/decision-store.ts";
import { contactKey, fromContactItem, toContactItem } from "../customers/customer-items.ts";
import { attributes, getItem, keyOf, putOver, type Tables } from "../requests/items.ts";
import { PATIENTLY, transact } from "../requests/transact.ts";
import { heldIn, stockKey, stockUpdate, type Update } from "./limit-updates.ts";

/** What became of a unit that was only held: gone for good, or free again. */
type Settled = "kept" | "released";

const MARK = 0;
const STOCK = 1;

/** Notes on the decision what became of its offer. It stays with the first, but for a later acceptance of what was released. */
const mark = (
  table: string,
  { decisionId, action }: HeldUnit,
  as: Settled,
  unless: readonly Settled[],
): Update => ({
  TableName: table,
  Key: keyOf(decisionId),
  UpdateExpression: `ADD ${as} :action`,
  ConditionExpression: ["attribute_exists(pk)", ...unless.map((name) => `NOT contains(${name}, :name)`)].join(
    " AND ",
  ),
  ExpressionAttributeValues: attributes({ ":action": new Set([action]), ":name": action }),
});

/** The unit is no longer held; released, it is no longer promised either. Fails when the hold had run out and was swept. */
const unhold = (table: string, { action, heldUntil }: HeldUnit, as: Settled): Update => ({
  TableName: table,
  Key: stockKey(action),
  UpdateExpression: as === "kept" ? "ADD #held :minus" : "ADD promised :minus, #held :minus",
  ConditionExpression: "#held >= :one",
  ExpressionAttributeNames: { "#held": heldIn(Math.round(Date.parse(heldUntil) / 60_000)) },
  ExpressionAttributeValues: attributes({ ":minus": -1, ":one": 1 }),
});

/**
 * All or nothing: the mark at the decision, the counters of the offer, and the promise in the customer's contact history.
 * Several decisions may have shown the customer the one unit; the promise is there once, so that it is settled once.
 * False: there was nothing (left) to settle.
 */
const settle = (
  { client, customersTable, historyTable }: Tables,
  unit: HeldUnit,
  as: Settled,
): Promise<boolean> =>
  patiently(async () => {
    const writes: TransactWriteItem[] = [
      { Update: mark(historyTable, unit, as, ["kept", "released"]) },
      { Update: unhold(historyTable, unit, as) },
    ];
    if (unit.customerId !== null) {
      const item = await getItem({ client, table: customersTable }, contactKey(unit.customerId));
      const history =
        item === undefined ? null : withoutHold(fromContactItem(item), unit.action, unit.heldUntil);
      if (history === null) return false;
      const next = toContactItem(unit.customerId, history);
      writes.push({ Put: putOver(customersTable, next, history.version - 1) });
    }
    return outcomeOf(await transact(client, writes));
  });

/** Changed contact history is no answer: somebody decided for the customer meanwhile. */
const outcomeOf = (failed: number | null): boolean | Conflict =>
  failed === null || (failed === MARK || failed === STOCK ? false : CONFLICT);

/** Whoever reported the outcome may report it again when others are in the way for too long. */
const patiently = (attempt: () => Promise<boolean | Conflict>): Promise<boolean> =>
  retryConflicts({ ...PATIENTLY, message: "too many want this offer at once, try again" }, attempt);

/** Another unit for who accepts after all, if there is one. Nothing is refused here: what was accepted was accepted. */
const takeAnother = ({ client, historyTable }: Tables, unit: HeldUnit, limit: number): Promise<boolean> => {
  const writes = [
    { Update: mark(historyTable, unit, "kept", ["kept"]) },
    { Update: stockUpdate(historyTable, unit.action, { limit }) },
  ];
  return patiently(async () => outcomeOf(await transact(client, writes)));
};

/** Offers that were held, in the counters and the marks of the history table and the promises in contact histories. */
export const dynamoHeldOffers = (tables: Tables): HeldOffers => ({
  keep: async (unit, limit) => {
    if (!(await settle(tables, unit, "kept")) && limit !== undefined) await takeAnother(tables, unit, limit);
  },
  giveBack: async (unit) => {
    await settle(tables, unit, "released");
  },
});
