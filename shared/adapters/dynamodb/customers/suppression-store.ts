import { ConditionalCheckFailedException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { AddressConsent } from "#domain/records/permission.ts";
import { keyedHash } from "#kernel/hash.ts";
import type { LookupKeys, SecretKey } from "#kernel/keyring.ts";
import type { AddressFacts, SuppressionStore } from "#ports/suppression-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { attributes, type Item, keyOf, putNew, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";

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

/** Of an address whose facts lie under several keys, what was said last of each topic. */
const factsIn = (items: readonly Item[]): AddressFacts => {
  const suppression = items.find(({ sk }) => sk?.S === "suppression");
  const said = items.filter(({ sk }) => sk?.S === "said").flatMap(saidIn);
  const latest = new Map<string, AddressConsent>();
  for (const one of said) {
    const other = latest.get(one.topic);
    if (other === undefined || wordOf(other) < wordOf(one)) latest.set(one.topic, one);
  }
  return {
    ...(suppression === undefined ? {} : { suppression: z.parse(Stored, unmarshall(suppression)) }),
    said: [...latest.values()],
  };
};

const partition = ({ version, key }: SecretKey, channel: string, address: string): string =>
  `s#${version}#${keyedHash(key, channel, address)}`;

/**
 * What holds for addresses, in the customers table: pk = `s#<key version>#<keyed hash>`; sk = `suppression`, or `said`
 * for what was said there of topics.
 */
export const dynamoSuppressionStore = ({
  client,
  table,
  identifierKeys,
}: Table & { readonly identifierKeys: () => Promise<LookupKeys> }): SuppressionStore => {
  const keysOf = async (channel: string, address: string, sk: "suppression" | "said"): Promise<Item[]> =>
    (await identifierKeys()).written.map((key) => keyOf(partition(key, channel, address), sk));

  return {
    find: async (channel, addresses) => {
      const { known } = await identifierKeys();
      const wanted = new Map(
        addresses.flatMap((address) => known.map((key) => [partition(key, channel, address), address])),
      );
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
      for (const key of await keysOf(channel, address, "suppression")) {
        await putAll(client, [putNew(table, { ...key, ...attributes(suppression) })]);
      }
    },

    say: async (channel, address, said) => {
      for (const key of await keysOf(channel, address, "said")) await sayAt({ client, table }, key, said);
    },
  };
};

/** The later word stands. */
const sayAt = async ({ client, table }: Table, key: Item, said: AddressConsent): Promise<void> => {
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: "SET #topic = :word",
        ConditionExpression: "attribute_not_exists(#topic) OR #topic < :word",
        ExpressionAttributeNames: { "#topic": `${TOPIC}${said.topic}` },
        ExpressionAttributeValues: attributes({ ":word": wordOf(said) }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
