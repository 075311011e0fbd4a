import { type DynamoDBClient, GetItemCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { withoutHold } from "#domain/decision/stages/claims.ts";
import { RapportError } from "#kernel/errors.ts";
import type { HeldOffers, HeldUnit } from "#ports/decision-store.ts";
import { contactKey, fromContactItem, toContactItem } from "../customers/customer-items.ts";
import { putOf } from "../customers/customer-writes.ts";
import { transact, untilFree } from "../requests/transact.ts";
import { heldIn, stockKey, stockUpdate, type Update } from "./limit-updates.ts";

type Tables = {
  readonly client: DynamoDBClient;
  readonly customersTable: string;
  readonly historyTable: string;
};
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
  Key: { pk: { S: decisionId } },
  UpdateExpression: `ADD ${as} :action`,
  ConditionExpression: ["attribute_exists(pk)", ...unless.map((name) => `NOT contains(${name}, :name)`)].join(
    " AND ",
  ),
  ExpressionAttributeValues: { ":action": { SS: [action] }, ":name": { S: action } },
});

/** The unit is no longer held; released, it is no longer promised either. Fails when the hold had run out and was swept. */
const unhold = (table: string, { action, heldUntil }: HeldUnit, as: Settled): Update => ({
  TableName: table,
  Key: stockKey(action),
  UpdateExpression: as === "kept" ? "ADD #held :minus" : "ADD promised :minus, #held :minus",
  ConditionExpression: "#held >= :one",
  ExpressionAttributeNames: { "#held": heldIn(Math.round(Date.parse(heldUntil) / 60_000)) },
  ExpressionAttributeValues: { ":minus": { N: "-1" }, ":one": { N: "1" } },
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
      const { Item: item } = await client.send(
        new GetItemCommand({
          TableName: customersTable,
          Key: contactKey(unit.customerId),
          ConsistentRead: true,
        }),
      );
      const history =
        item === undefined ? null : withoutHold(fromContactItem(item), unit.action, unit.heldUntil);
      if (history === null) return false;
      const next = toContactItem(unit.customerId, history);
      writes.push({ Put: putOf(customersTable, next, history.version) });
    }
    return outcomeOf(await transact(client, writes));
  });

/** Changed contact history is no answer: somebody decided for the customer meanwhile. */
const outcomeOf = (failed: number | null): boolean | "again" =>
  failed === null || (failed === MARK || failed === STOCK ? false : "again");

/** `conflict` when others are in the way for too long: whoever reported the outcome may report it again. */
const patiently = async (attempt: () => Promise<boolean | "again">): Promise<boolean> => {
  const outcome = await untilFree(attempt);
  if (outcome !== "busy") return outcome;
  throw new RapportError("conflict", "too many want this offer at once, try again", { retryAfter: 1 });
};

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
