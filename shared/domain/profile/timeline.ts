import type { Json, JsonObject } from "#kernel/json.ts";
import type { HistoryItem } from "../records/effects.ts";

const pick = (body: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = Object.hasOwn(body, name) ? body[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );

const MEMBERS: Readonly<Record<HistoryItem["kind"], readonly string[]>> = {
  event: ["type", "name", "properties", "imported", "standing", "refused"],
  outcome: ["outcome", "messageId", "action"],
  merge: ["survivor", "absorbed"],
};

/** A fact in the contract's timeline shape. */
export const timelineEntry = ({ id, kind, at, body }: HistoryItem): JsonObject => ({
  id,
  kind,
  at,
  ...pick(body, MEMBERS[kind]),
});

const CURSOR = /^\d{4}-[^#]+#\w+$/;

/** A cursor is the place (`at#id`) of the last entry told: entries that arrive meanwhile do not shift the pages. */
export const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

/** The place a cursor names, or null when it is none of ours. */
export const fromCursor = (cursor: string): string | null => {
  const place = Buffer.from(cursor, "base64url").toString("utf8");
  return CURSOR.test(place) && toCursor(place) === cursor ? place : null;
};
