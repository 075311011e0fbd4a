import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { DRAFT_ID, type PlaybookDraft } from "#domain/draft/draft.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { DraftStore, DraftTexts } from "#ports/draft-store.ts";
import { batchWrite, getItems } from "../requests/batches.ts";
import { fromChunks, pack } from "../requests/chunks.ts";
import { attributes, getItem, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryAll, queryPages } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";

/** All drafts lie in one partition: there are few, and few people change them. */
const DRAFTS = "drafts";
/** Those who began with a text that was replaced may still need it to put their change beside the other. */
const DROPPED_DAYS = 7;
/** A published draft tells who proposed and approved what; its version stays for good. */
const PUBLISHED_DAYS = 400;
/** A transaction takes a hundred items, one of them the draft itself. */
const MOST_DROPPED = 99;

/** We wrote it ourselves: one look that it is what we wrote is enough. */
const Kept = z.custom<PlaybookDraft>(
  (value) => typeof value === "object" && value !== null && "draftId" in value && "changes" in value,
);

const bytesOf = (item: Item): Uint8Array => item.data?.B ?? new Uint8Array();
const readDraft = (item: Item): PlaybookDraft => z.parse(Kept, JSON.parse(fromChunks([bytesOf(item)])));
const textKey = (draftId: string, revision: string): Item => keyOf(draftId, revision);

const secondsIn = (clock: Clock, days: number): number => Math.floor((clock.now() + days * DAY_MS) / 1000);

const draftPut = (table: string, draft: PlaybookDraft, clock: Clock): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...keyOf(DRAFTS, draft.draftId),
      ...attributes({
        data: pack(JSON.stringify(draft)),
        step: draft.step,
        expires: draft.state === "published" ? secondsIn(clock, PUBLISHED_DAYS) : undefined,
      }),
    },
    ...(draft.step === 0
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : {
          ConditionExpression: "#step = :before",
          ExpressionAttributeNames: { "#step": "step" },
          ExpressionAttributeValues: attributes({ ":before": draft.step - 1 }),
        }),
  },
});

const fade = (table: string, key: Item, expires: number): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: key,
    UpdateExpression: "SET #expires = :expires",
    // One that has faded already must not come back without its text.
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#expires": "expires" },
    ExpressionAttributeValues: attributes({ ":expires": expires }),
  },
});

const saveIn =
  ({ client, table }: Table, clock: Clock): DraftStore["save"] =>
  async (draft, { added, dropped }) => {
    // Before the draft that names them. Whoever marks one of these as dropped saves a step, and this save is then a conflict.
    for (const [revision, text] of Object.entries(added)) {
      const Item = { ...textKey(draft.draftId, revision), ...attributes({ data: pack(text) }) };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    }
    const until = secondsIn(clock, DROPPED_DAYS);
    const faded = dropped
      .slice(0, MOST_DROPPED)
      .map((one) => fade(table, textKey(draft.draftId, one), until));
    const failed = await transact(client, [draftPut(table, draft, clock), ...faded]);
    return failed === null ? "saved" : "conflict";
  };

const textsIn =
  (table: Table): DraftStore["texts"] =>
  async (draftId, revisions) => {
    const keys = [...new Set(revisions)].map((revision) => textKey(draftId, revision));
    const items = await getItems(table, keys);
    const found: DraftTexts = Object.fromEntries(
      items.map((item) => [item.sk?.S ?? "", fromChunks([bytesOf(item)])]),
    );
    return found;
  };

const listIn =
  ({ client, table }: Table): DraftStore["list"] =>
  async ({ limit, cursor }) => {
    const before = cursor === undefined ? undefined : fromCursor(cursor, DRAFT_ID);
    const found: PlaybookDraft[] = [];
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: before === undefined ? "pk = :pk" : "pk = :pk and sk < :before",
      ExpressionAttributeValues: attributes({ ":pk": DRAFTS, ":before": before }),
      ScanIndexForward: false,
      Limit: limit + 1,
      ConsistentRead: true,
    });
    for await (const page of pages) {
      found.push(...page.map(readDraft));
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, cursor: last && found.length > limit ? toCursor(last.draftId) : null };
  };

const removeFrom =
  (table: Table): DraftStore["remove"] =>
  async ({ draftId, step }) => {
    try {
      await table.client.send(
        new DeleteItemCommand({
          TableName: table.table,
          Key: keyOf(DRAFTS, draftId),
          ConditionExpression: "#step = :step",
          ExpressionAttributeNames: { "#step": "step" },
          ExpressionAttributeValues: attributes({ ":step": step }),
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "conflict";
      throw error;
    }
    const items = await queryAll(table.client, {
      TableName: table.table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: attributes({ ":pk": draftId }),
      ProjectionExpression: "pk, sk",
      ConsistentRead: true,
    });
    await batchWrite(
      table,
      items.map(({ pk = { S: "" }, sk = { S: "" } }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    );
    return "removed";
  };

/**
 * Drafts in their table. pk = `drafts`, sk = draftId: what each changes; pk = draftId, sk = revision: the text of a file, by
 * what it says.
 */
export const dynamoDraftStore = (table: Table, clock: Clock): DraftStore => ({
  get: async (draftId) => {
    const item = await getItem(table, keyOf(DRAFTS, draftId));
    return item === undefined ? null : readDraft(item);
  },
  save: saveIn(table, clock),
  texts: textsIn(table),
  list: listIn(table),
  remove: removeFrom(table),
});
