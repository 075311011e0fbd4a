import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { HistoryItem } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";
import type { RefusedFact } from "./traits.ts";
import type { TriggeringEvent } from "./trigger/triggers.ts";

const present = (members: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonObject[string]] => entry[1] !== undefined),
  );

/**
 * Members of an outcome for the timeline: its short name (`message.clicked` -> `clicked`), message and action; of what another
 * system sent its channel and category too.
 */
const outcomeOf = (event: CollectedEvent, properties: JsonObject): JsonObject =>
  present({
    outcome: properties.outcome ?? event.name.slice(event.name.lastIndexOf(".") + 1),
    messageId: properties.messageId,
    action: properties.action,
    ...(properties.foreign === true
      ? { foreign: true, channel: properties.channel, category: properties.category }
      : {}),
  });

/** An event or outcome as history keeps it. `refused`: parts that the profile did not take, and why. */
export const eventHistory = (
  customerId: CustomerId,
  event: CollectedEvent,
  properties: JsonObject,
  refused: readonly RefusedFact[],
): HistoryItem => ({
  id: event.id,
  kind: event.type === "outcome" ? "outcome" : "event",
  customerId,
  at: event.at,
  body: {
    type: event.type,
    name: event.name,
    properties,
    ...(event.type === "outcome" ? outcomeOf(event, properties) : {}),
    ...present({
      context: event.context,
      userId: event.userId,
      anonymousId: event.anonymousId,
      groupId: event.groupId,
    }),
    source: event.source,
    receivedAt: event.receivedAt,
    depth: event.depth,
    ...present({ standing: event.standing }),
    ...(event.imported ? { imported: true } : {}),
    ...(refused.length === 0 ? {} : { refused }),
  },
});

/** A segment change as history keeps it, like any event: decisions that it triggers read it there. */
export const segmentHistory = (customerId: CustomerId, change: TriggeringEvent): HistoryItem => ({
  id: change.id,
  kind: "event",
  customerId,
  at: change.at,
  body: { type: "segment", name: change.name, properties: change.properties, depth: change.depth },
});

export const mergeHistory = (
  survivor: CustomerId,
  absorbed: CustomerId,
  cause: Pick<CollectedEvent, "id" | "at">,
): HistoryItem => ({
  id: hashId("mrg", survivor, absorbed),
  kind: "merge",
  customerId: survivor,
  at: cause.at,
  body: { survivor, absorbed, eventId: cause.id },
});
