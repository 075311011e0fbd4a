import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CustomerPage, CustomerScan } from "#ports/customer-scan.ts";
import { type Item, keyOf, type Table } from "../requests/items.ts";
import { toRecord } from "./customer-items.ts";

/** A customer has up to four items, and as many look-up items lie around them. */
const ITEMS_A_CUSTOMER = 8;
const MOST_ITEMS = 1_000;

/** Sorts after every part of a customer (customer-items.ts). */
const LAST_PART = "~";
const SEPARATOR = " ";

const cursorOf = ({ pk, sk }: Item): string => `${pk?.S}${SEPARATOR}${sk?.S}`;
const keyAt = (cursor: string): Item => {
  const end = cursor.indexOf(SEPARATOR);
  return keyOf(cursor.slice(0, end), cursor.slice(end + 1));
};

type Group = { readonly pk: string; readonly items: Item[] };

/** Items of a partition lie together, whatever part of the table is read. */
const inPartitions = (items: readonly Item[]): readonly Group[] => {
  const groups: Group[] = [];
  for (const item of items) {
    const pk = item.pk?.S ?? "";
    const last = groups.at(-1);
    if (last?.pk === pk) last.items.push(item);
    else groups.push({ pk, items: [item] });
  }
  return groups;
};

/** Look-up items lie in the same table, and have no `state`; who was merged into another is found as that other. */
const recordIn = ({ items }: Group): readonly CustomerRecord[] => {
  const record = toRecord(items);
  return record === null || record.state.mergedInto !== undefined ? [] : [record];
};

/**
 * The pages of a table by Scan, as the last writes left them. A page may end within a customer: that one is left to the
 * next, which begins with them anew.
 */
export const dynamoCustomerScan = ({ client, table }: Table): CustomerScan => {
  const page: CustomerScan["page"] = async ({ slice, slices, cursor, limit }): Promise<CustomerPage> => {
    const answer = await client.send(
      new ScanCommand({
        TableName: table,
        Segment: slice,
        TotalSegments: slices,
        ConsistentRead: true,
        ReturnConsumedCapacity: "TOTAL",
        Limit: Math.min(MOST_ITEMS, limit * ITEMS_A_CUSTOMER),
        ...(cursor === undefined ? {} : { ExclusiveStartKey: keyAt(cursor) }),
      }),
    );
    const units = answer.ConsumedCapacity?.CapacityUnits ?? 0;
    const groups = inPartitions(answer.Items ?? []);
    const isLast = answer.LastEvaluatedKey === undefined;
    const whole = isLast || groups.length < 2 ? groups : groups.slice(0, -1);
    const records: CustomerRecord[] = [];
    for (const [index, group] of whole.entries()) {
      records.push(...recordIn(group));
      const isAll = isLast && index === whole.length - 1;
      if (records.length >= limit && !isAll) return { records, cursor: after(group.pk), units };
    }
    const last = whole.at(-1);
    return { records, cursor: isLast || last === undefined ? nextOf(answer) : after(last.pk), units };
  };
  return { page, after };
};

const after = (pk: string): string => `${pk}${SEPARATOR}${LAST_PART}`;

/** Where an answer that held nothing says the next page begins. */
const nextOf = ({
  LastEvaluatedKey: next,
}: {
  readonly LastEvaluatedKey?: Item | undefined;
}): string | null => (next === undefined ? null : cursorOf(next));
