import * as z from "zod/mini";
import { isExact, isWhole } from "#domain/identity/nobody.ts";
import { isObject, type JsonObject as Members } from "#kernel/json.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, jsonShapes } from "#runtime/http/shapes.ts";

/** What JSON.parse gave is JSON already: walking it again value by value would cost more than all the rest. */
const object = z
  .custom<Members>(isObject, "object")
  .register(jsonShapes, { type: "object", additionalProperties: true });
const text = z.string();
const nothing = z.null();
/**
 * Clients send ids as numbers now and then; a user 42 is the user "42". What would make one of two is refused. An empty one
 * is none (RudderStack's browser client sends it for everybody it does not know).
 */
const id = z.union([
  z.string().check(z.refine(isWhole, { error: "text in whole characters" })),
  z.number().check(z.refine(isExact, { error: "text: JSON rounds a number past 2^53" })),
  nothing,
]);
/** A time as text, or a number since 1970 (event-time.ts). */
const time = z.union([text, z.number(), nothing]);

export const EVENT_TYPES = ["identify", "track", "page", "screen", "group", "alias"] as const;

const members = {
  userId: z.optional(id),
  anonymousId: z.optional(id),
  previousId: z.optional(id),
  groupId: z.optional(id),
  event: z.optional(z.union([text, nothing])),
  name: z.optional(z.union([text, nothing])),
  category: z.optional(z.union([text, nothing])),
  traits: z.optional(z.union([object, nothing])),
  properties: z.optional(z.union([object, nothing])),
  context: z.optional(z.union([object, nothing])),
  messageId: z.optional(id),
  timestamp: z.optional(time),
  originalTimestamp: z.optional(time),
  sentAt: z.optional(time),
  receivedAt: z.optional(time),
};
/** One event as Segment's clients send it in a batch. Members we do not know are allowed and dropped. */
export const SegmentEvent = z.object({ type: z.enum(EVENT_TYPES), ...members });
export type SegmentEvent = z.output<typeof SegmentEvent>;

/** One event alone: the path says its type. */
export const SegmentCall = z.object(members);

/** A batch: its context, sentAt and integrations count for every event that has none of its own. */
export const SegmentBatch = z.object({
  batch: z.array(z.unknown()),
  context: z.optional(z.union([object, nothing])),
  sentAt: z.optional(time),
  writeKey: z.optional(z.union([text, nothing])),
});

/** A batch as it is told to clients; an event that is none is refused alone. */
export const Batch = z.extend(SegmentBatch, { batch: z.array(SegmentEvent) });

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
export const Collected = z.object({
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

const scope = "collect";
const answers = { 200: Collected } as const;
/** Collect measures what comes itself: its clients know what is too large by codes of their own. */
const maxBytes = Number.POSITIVE_INFINITY;

const event = <Path extends string>(path: Path) =>
  operation({
    route: `POST /v1/${path}` as const,
    scope,
    request: { "application/json": SegmentCall, "application/cloudevents+json": CloudEvent },
    maxBytes,
    answers,
  });
const batch = <Path extends string>(path: Path) =>
  operation({
    route: `POST /v1/${path}` as const,
    scope,
    request: { "application/json": Batch },
    maxBytes,
    answers,
  });

/** Segment's short paths are for browsers, where every byte counts. */
export const operations = {
  identify: event("identify"),
  track: event("track"),
  page: event("page"),
  screen: event("screen"),
  group: event("group"),
  alias: event("alias"),
  batch: batch("batch"),
  import: batch("import"),
  identifyShort: event("i"),
  trackShort: event("t"),
  pageShort: event("p"),
  screenShort: event("s"),
  groupShort: event("g"),
  aliasShort: event("a"),
  batchShort: batch("b"),
  takeHealthReport: operation({ route: "POST /v1/m", scope: null, answers }),
  showSettings: operation({
    route: "GET /v1/projects/{writeKey}/settings",
    scope: null,
    answers: { 200: JsonObject },
  }),
};
