import * as z from "zod/mini";
import { timelineEntry } from "#domain/profile/timeline.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { decisionTimelineEntry } from "../decisions/decision-item.ts";
import { messageTimelineEntry } from "../messages/message-item.ts";
import { attributes, type Item } from "../requests/items.ts";

/*
 * The table `history`: pk = the fact's id. `at` is the time and the id, so that it is unique and sorts by time; with
 * `customerId` it makes the index `byCustomer`. Decisions and messages lie there too (decision-item.ts, message-item.ts).
 */

const Kind = z.enum(["event", "merge", "outcome", "number"]);
const Body = z.custom<JsonObject>(isObject);

const timeOf = (item: Item): string => {
  const at = item.at?.S ?? "";
  return at.slice(0, at.indexOf("#"));
};

/** Without the index's keys, an item is in no timeline. */
const placeInTimeline = ({ id, kind, customerId, at }: HistoryItem) =>
  kind === "number" ? {} : { customerId, at: `${at}#${id}` };

export const toFactItem = (fact: HistoryItem): Item =>
  attributes({
    pk: fact.id,
    kind: fact.kind,
    ...placeInTimeline(fact),
    body: JSON.stringify(fact.body),
  });

/** Null for what is no event, outcome or merge: decisions and messages have their own stores. */
export const fromFactItem = (item: Item): HistoryItem | null => {
  const kind = z.safeParse(Kind, item.kind?.S);
  if (!kind.success) return null;
  return {
    id: item.pk?.S ?? "",
    kind: kind.data,
    customerId: item.customerId?.S ?? "",
    at: timeOf(item),
    body: z.parse(Body, JSON.parse(item.body?.S ?? "null")),
  };
};

/** The contract's timeline entry of whatever lies there. */
export const toTimelineEntry = (item: Item): JsonObject => {
  const id = item.pk?.S ?? "";
  switch (item.kind?.S) {
    case "message":
      return messageTimelineEntry(item);
    case "decision":
      return decisionTimelineEntry(item);
    default: {
      const fact = fromFactItem(item);
      return fact === null ? { id, kind: item.kind?.S ?? "", at: timeOf(item) } : timelineEntry(fact);
    }
  }
};
