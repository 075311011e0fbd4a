import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { SLOT_MS } from "#domain/routing/breaker.ts";
import { LATENCIES_MS, type Sums } from "#domain/routing/sums.ts";
import { HOUR_MS, SECOND_MS } from "#kernel/time.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";

/** Slots sort as texts until the year 2600. */
const slotText = (slot: number): string => String(slot).padStart(10, "0");

/** Errors by their reason stand beside what else is in an item. */
const ERROR = "error ";
const LATENCY = "latency ";

const Kept = z.catchall(
  z.object({
    pk: z.string(),
    slot: z.number(),
    provider: z.string(),
    account: z.string(),
    asked: z.number(),
    failed: z.number(),
    accepted: z.number(),
    open: z.number(),
  }),
  z.unknown(),
);

const countIn = (value: unknown): number => (typeof value === "number" ? value : 0);

const fromItem = (item: Item): Sums => {
  const kept = z.parse(Kept, unmarshall(item));
  const { slot, provider, account, asked, failed, accepted, open } = kept;
  const errors = Object.entries(kept).flatMap(([name, value]) =>
    name.startsWith(ERROR) ? [[name.slice(ERROR.length), countIn(value)] as const] : [],
  );
  const latencies = [...LATENCIES_MS, 0].map((_, index) => countIn(kept[`${LATENCY}${index}`]));
  const counts = { asked, failed, accepted, open };
  return {
    channel: kept.pk,
    provider,
    account,
    slot,
    ...counts,
    errors: Object.fromEntries(errors),
    latencies,
  };
};

/** What is counted of it, by the attribute's name; nothing that is 0 but the four that every item has. */
const countsOf = ({
  asked,
  failed,
  accepted,
  open,
  errors,
  latencies,
}: Sums): Readonly<Record<string, number>> => ({
  asked,
  failed,
  accepted,
  open,
  ...Object.fromEntries(Object.entries(errors).map(([reason, count]) => [`${ERROR}${reason}`, count])),
  ...Object.fromEntries(
    latencies.flatMap((count, index) => (count === 0 ? [] : [[`${LATENCY}${index}`, count]])),
  ),
});

const addition = (table: string, sums: Sums): UpdateItemCommand => {
  const { channel, provider, account, slot } = sums;
  const counts = Object.entries(countsOf(sums));
  const names = counts.map(([name], index) => [`#c${index}`, name] as const);
  const values = counts.map(([, count], index) => [`:c${index}`, count] as const);
  return new UpdateItemCommand({
    TableName: table,
    Key: keyOf(channel, `${slotText(slot)} ${provider}/${account}`),
    UpdateExpression: `SET #slot = :slot, #provider = :provider, #account = :account, #expires = :expires ADD ${counts
      .map((_, index) => `#c${index} :c${index}`)
      .join(", ")}`,
    ExpressionAttributeNames: {
      "#slot": "slot",
      "#provider": "provider",
      "#account": "account",
      "#expires": "expires",
      ...Object.fromEntries(names),
    },
    ExpressionAttributeValues: attributes({
      ":slot": slot,
      ":provider": provider,
      ":account": account,
      ":expires": Math.floor((slot * SLOT_MS + HOUR_MS) / SECOND_MS),
      ...Object.fromEntries(values),
    }),
  });
};

/** Sums of five seconds, an item for each account; gone after an hour. */
export const dynamoProviderSums = ({ client, table }: Table): ProviderSums => ({
  add: async (sums) => {
    await Promise.all(sums.map((one) => client.send(addition(table, one))));
  },
  since: async (channel, slot) => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk >= :from",
      ExpressionAttributeValues: attributes({ ":pk": channel, ":from": slotText(slot) }),
    });
    return items.map(fromItem);
  },
});
