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
  outcome: ["outcome", "messageId", "action", "foreign", "channel", "category"],
  merge: ["survivor", "absorbed"],
  number: [],
};

/** A fact in the contract's timeline shape. */
export const timelineEntry = ({ id, kind, at, body }: HistoryItem): JsonObject => ({
  id,
  kind,
  at,
  ...pick(body, MEMBERS[kind]),
});

/** Where a fact stands in a timeline: by time, then by id. */
export const TIMELINE_PLACE = /^\d{4}-[^#]+#\w+$/;
