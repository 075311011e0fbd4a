import { type DynamoDBClient, GetItemCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { withoutHold } from "../../domain/decision/claims.ts";
import { RapportError } from "../../domain/errors.ts";
import type { HeldUnit } from "../../ports/decision-store.ts";
import { contactKey, fromContactItem, toContactItem } from "./customer-items.ts";
import { putOf } from "./customer-writes.ts";
import { heldIn, stockKey, stockUpdate, type Update } from "./limit-updates.ts";
import { transact, untilFree } from "./transact.ts";

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

/** A held offer was turned down: somebody else may have its unit. Once, whoever tells it how often. */
export const releaseUnit = async (tables: Tables, unit: HeldUnit): Promise<void> => {
  await settle(tables, unit, "released");
};

/**
 * Keeps the unit of an accepted offer for good. Once per decision and action; when its hold has run out or was given back
 * already, another unit is taken if there is one. Nothing is refused here: what was accepted was accepted.
 * @param limit how many there are by the live playbook; absent: no longer limited
 */
export const keepUnit = async (tables: Tables, unit: HeldUnit, limit: number | undefined): Promise<void> => {
  if ((await settle(tables, unit, "kept")) || limit === undefined) return;
  const { client, historyTable } = tables;
  const writes = [
    { Update: mark(historyTable, unit, "kept", ["kept"]) },
    { Update: stockUpdate(historyTable, unit.action, { limit }) },
  ];
  await patiently(async () => outcomeOf(await transact(client, writes)));
};
