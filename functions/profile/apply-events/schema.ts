import * as z from "zod/mini";
import { type CollectedEvent, STANDINGS } from "#domain/records/event.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";

const object = z.custom<JsonObject>(isObject, "object");
/** ISO-8601 UTC with milliseconds: times are compared as text. */
const time = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, { error: "a time in UTC with milliseconds" }));

/** An event as collect and measure put it into the inbox. */
export const CollectedEventSchema: z.ZodMiniType<CollectedEvent> = z.object({
  id: z.string().check(z.minLength(1)),
  type: z.enum(["identify", "track", "page", "screen", "group", "alias", "outcome", "segment", "journey"]),
  name: z.string(),
  userId: z.exactOptional(z.string()),
  anonymousId: z.exactOptional(z.string()),
  previousId: z.exactOptional(z.string()),
  groupId: z.exactOptional(z.string()),
  customerId: z.exactOptional(z.string()),
  identifiers: z.exactOptional(z.array(z.object({ type: z.string(), value: z.string() }))),
  traits: z.exactOptional(object),
  properties: z.exactOptional(object),
  context: z.exactOptional(object),
  at: time,
  receivedAt: z.string(),
  source: z.string(),
  imported: z.boolean(),
  depth: z.number(),
  standing: z.exactOptional(z.enum(STANDINGS)),
});

/** A message of the inbox. Events are looked at one by one: one that is wrong must not hold up the others. */
export const InboxMessageSchema = z.object({
  v: z.literal(1),
  group: z.string(),
  events: z.array(z.unknown()),
});
