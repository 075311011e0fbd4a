import { ConditionalCheckFailedException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { AddressConsent } from "#domain/records/permission.ts";
import { keyedHash } from "#kernel/hash.ts";
import type { AddressFacts, SuppressionStore } from "#ports/suppression-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { attributes, type Item, keyOf, putNew, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import type { IdentifierKey } from "./customer-items.ts";

const Stored = z.object({ reason: z.enum(["bounced", "complained"]), at: z.string() });

/** An attribute for each topic. */
const TOPIC = "topic:";
/** `<time> <status>`: compared as text, the later is the greater, and of one time the withdrawal. */
const wordOf = ({ at, status }: AddressConsent): string => `${at} ${status}`;
const saidIn = (item: Item): AddressConsent[] =>
  Object.entries(item).flatMap(([name, { S: word = "" }]) => {
    if (!name.startsWith(TOPIC)) return [];
    const [at = "", status] = word.split(" ");
    return [{ topic: name.slice(TOPIC.length), status: status === "granted" ? "granted" : "withdrawn", at }];
  });

const factsIn = (items: readonly Item[]): AddressFacts => {
  const suppression = items.find(({ sk }) => sk?.S === "suppression");
  return {
    ...(suppression === undefined ? {} : { suppression: z.parse(Stored, unmarshall(suppression)) }),
    said: items.filter(({ sk }) => sk?.S === "said").flatMap(saidIn),
  };
};

/**
 * What holds for addresses, in the customers table: pk = `s#<key version>#<keyed hash>`; sk = `suppression`, or `said`
 * for what was said there of topics.
 */
export const dynamoSuppressionStore = ({
  client,
  table,
  hash,
}: Table & { readonly hash: IdentifierKey }): SuppressionStore => {
  const partition = (channel: string, address: string): string =>
    `s#${hash.version}#${keyedHash(hash.key, channel, address)}`;
  const key = (channel: string, address: string, sk: "suppression" | "said"): Item =>
    keyOf(partition(channel, address), sk);

  return {
    find: async (channel, addresses) => {
      const wanted = new Map(addresses.map((address) => [partition(channel, address), address]));
      const keys = [...wanted.keys()].flatMap((pk) => [keyOf(pk, "suppression"), keyOf(pk, "said")]);
      const items: Item[] = [];
      for (let from = 0; from < keys.length; from += MAX_KEYS) {
        const read = await batchGet(client, { [table]: { Keys: keys.slice(from, from + MAX_KEYS) } });
        items.push(...(read[table] ?? []));
      }
      const found = Map.groupBy(items, ({ pk }) => wanted.get(pk?.S ?? "") ?? "");
      return new Map([...found].map(([address, own]) => [address, factsIn(own)]));
    },

    add: async (channel, address, suppression) => {
      const item = { ...key(channel, address, "suppression"), ...attributes(suppression) };
      await putAll(client, [putNew(table, item)]);
    },

    say: async (channel, address, said) => {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: key(channel, address, "said"),
            UpdateExpression: "SET #topic = :word",
            ConditionExpression: "attribute_not_exists(#topic) OR #topic < :word",
            ExpressionAttributeNames: { "#topic": `${TOPIC}${said.topic}` },
            ExpressionAttributeValues: attributes({ ":word": wordOf(said) }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
};
