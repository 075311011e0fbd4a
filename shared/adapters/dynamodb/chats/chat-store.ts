import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import type { ChatLetter, ChatMessage } from "#domain/records/chat.ts";
import { RapportError } from "#kernel/errors.ts";
import { DAY_MS, SECOND_MS } from "#kernel/time.ts";
import type { ChatHead, ChatStore } from "#ports/chat-store.ts";
import type { Clock } from "#ports/clock.ts";
import { attributes, getItem, type Item, keyOf, putNew, putOver, type Table } from "../requests/items.ts";
import { queryPages } from "../requests/query-pages.ts";
import { PATIENTLY, transact } from "../requests/transact.ts";

/*
 * A partition a chat: its head, each message by its place, and each message's id, so that it comes once. The head's version is
 * the last place: whoever puts a message at the end has seen all before it, so that nobody who reads on from a place misses one.
 */

const Head = z.object({ version: z.number(), spokenFor: z.number() });
const Place = z.object({ seq: z.number() });
const Message = z.object({
  seq: z.number(),
  messageId: z.string(),
  direction: z.enum(["in", "out"]),
  text: z.string(),
  at: z.string(),
  clientId: z.exactOptional(z.string()),
});

/** A chat in which nobody wrote for so long is forgotten; the thread of the conversation is not. */
const KEPT_MS = 90 * DAY_MS;
const DIGITS = 10;
const messageSk = (seq: number): string => `m#${String(seq).padStart(DIGITS, "0")}`;
const LAST = "9".repeat(DIGITS);

const readHead = (item: Item | undefined): ChatHead => {
  if (item === undefined) return { lastSeq: 0, spokenFor: 0 };
  const { version, spokenFor } = z.parse(Head, unmarshall(item));
  return { lastSeq: version, spokenFor };
};

/** @param clock says until when what is put there is kept */
export const dynamoChatStore = ({ clock, ...table }: Table & { readonly clock: Clock }): ChatStore => {
  const head: ChatStore["head"] = async (address) => readHead(await getItem(table, keyOf(address, "head")));

  const putLast = async (
    address: string,
    letter: ChatLetter,
    { lastSeq, spokenFor }: ChatHead,
  ): Promise<"put" | "there" | "moved"> => {
    const seq = lastSeq + 1;
    const expires = Math.ceil((clock.now() + KEPT_MS) / SECOND_MS);
    const item = (sk: string, values: object): Item => attributes({ pk: address, sk, expires, ...values });
    const failed = await transact(table.client, [
      { Put: putNew(table.table, item(`i#${letter.messageId}`, { seq })) },
      { Put: putOver(table.table, item("head", { version: seq, spokenFor }), lastSeq) },
      { Put: { TableName: table.table, Item: item(messageSk(seq), { ...letter, seq }) } },
    ]);
    if (failed === null) return "put";
    return failed === 0 ? "there" : "moved";
  };

  return {
    head,
    add: async (address, letter, given = {}) => {
      let known = given.head ?? (await head(address));
      for (let tries = 1; tries <= PATIENTLY.tries; tries++) {
        const { spokenFor = known.spokenFor } = given;
        const put = await putLast(address, letter, { ...known, spokenFor });
        if (put === "put") return { seq: known.lastSeq + 1, isNew: true };
        if (put === "there") {
          const item = await getItem(table, keyOf(address, `i#${letter.messageId}`));
          if (item !== undefined) return { seq: z.parse(Place, unmarshall(item)).seq, isNew: false };
        }
        await PATIENTLY.between(tries);
        known = await head(address);
      }
      throw new RapportError("conflict", "others wrote in the chat at the same time, too often");
    },
    messages: async (address, { limit, after }) => {
      const found: ChatMessage[] = [];
      const pages = queryPages(table.client, {
        TableName: table.table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: attributes({
          ":pk": address,
          ":from": messageSk((after ?? 0) + 1),
          ":to": `m#${LAST}`,
        }),
        ConsistentRead: true,
        ScanIndexForward: after !== undefined,
        Limit: limit,
      });
      for await (const page of pages) {
        found.push(...page.map((item) => z.parse(Message, unmarshall(item))));
        if (found.length >= limit) break;
      }
      const some = found.slice(0, limit);
      return after === undefined ? some.toReversed() : some;
    },
  };
};
