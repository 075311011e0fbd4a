import * as z from "zod/mini";
import type { JsonObject } from "#kernel/json.ts";
import type { Operation } from "#runtime/http/operation.ts";

/** Limits of the Segment HTTP Tracking API. */
export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_EVENTS = 2_500;

/** What JSON.parse gave is JSON already: walking it again value by value would cost more than all the rest. */
const object = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "object",
);
const text = z.string();
/** Clients send ids as numbers now and then; a user 42 is the user "42". */
const id = z.union([z.string().check(z.minLength(1)), z.pipe(z.number(), z.transform(String))]);
const nothing = z.null();

export const EVENT_TYPES = ["identify", "track", "page", "screen", "group", "alias"] as const;

/** One event as Segment's clients send it. Members we do not know are allowed and dropped. */
export const SegmentEvent = z.object({
  type: z.enum(EVENT_TYPES),
  userId: z.optional(z.union([id, nothing])),
  anonymousId: z.optional(z.union([id, nothing])),
  previousId: z.optional(z.union([id, nothing])),
  groupId: z.optional(z.union([id, nothing])),
  event: z.optional(z.union([text, nothing])),
  name: z.optional(z.union([text, nothing])),
  category: z.optional(z.union([text, nothing])),
  traits: z.optional(z.union([object, nothing])),
  properties: z.optional(z.union([object, nothing])),
  context: z.optional(z.union([object, nothing])),
  messageId: z.optional(z.union([text, nothing])),
  timestamp: z.optional(z.union([text, nothing])),
  originalTimestamp: z.optional(z.union([text, nothing])),
  sentAt: z.optional(z.union([text, nothing])),
});
export type SegmentEvent = z.output<typeof SegmentEvent>;

/** A batch: its context, sentAt and integrations count for every event that has none of its own. */
export const SegmentBatch = z.object({
  batch: z.array(z.unknown()),
  context: z.optional(z.union([object, nothing])),
  sentAt: z.optional(z.union([text, nothing])),
  writeKey: z.optional(z.union([text, nothing])),
});

/** CloudEvents 1.0 in structured JSON form; `data` may name the person. */
export const CloudEvent = z.object({
  specversion: z.literal("1.0"),
  id: z.string().check(z.minLength(1)),
  source: z.string().check(z.minLength(1)),
  type: z.string().check(z.minLength(1)),
  time: z.optional(text),
  subject: z.optional(text),
  data: z.optional(object),
});

/** What collect answers. */
const Collected = z.object({
  success: z.literal(true),
  rejected: z.optional(
    z.array(
      z.object({
        index: z.int(),
        code: z.enum(["event_too_large", "batch_too_large", "invalid_request"]),
      }),
    ),
  ),
});

const SHORT_PATHS = { identify: "i", track: "t", page: "p", screen: "s", group: "g", alias: "a" } as const;

const eventCall = (path: string, summary: string): Operation => ({
  route: `POST /v1/${path}`,
  summary,
  scope: "collect",
  request: SegmentEvent,
  answers: { 200: Collected },
});
const batchCall = (path: string, summary: string): Operation => ({
  route: `POST /v1/${path}`,
  summary,
  scope: "collect",
  request: SegmentBatch,
  answers: { 200: Collected },
});

export const operations: readonly Operation[] = [
  ...EVENT_TYPES.flatMap((type) => [
    eventCall(type, `Collect one ${type} event, Segment-compatible`),
    eventCall(SHORT_PATHS[type], `The same as /v1/${type}, as browsers call it`),
  ]),
  batchCall("batch", "Collect up to 2,500 events at once"),
  batchCall("b", "The same as /v1/batch, as browsers call it"),
  batchCall("import", "Collect old events: applied to profiles, they trigger nothing"),
  {
    route: "POST /v1/m",
    summary: "Takes the health reports of analytics.js and forgets them",
    scope: null,
    answers: { 200: Collected },
  },
  {
    route: "GET /v1/projects/{writeKey}/settings",
    summary: "The settings analytics.js asks for before it sends",
    scope: null,
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
];
