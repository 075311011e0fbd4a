import type { CollectedEvent } from "#domain/records/event.ts";
import { RapportError } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";
import { parse } from "#runtime/parse.ts";
import { type Arrival, normalize } from "./normalize.ts";
import {
  CloudEvent,
  type EVENT_TYPES,
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  MAX_EVENT_BYTES,
  SegmentBatch,
  SegmentEvent,
} from "./operations.ts";

export type Rejected = {
  readonly index: number;
  readonly code: "event_too_large" | "batch_too_large" | "invalid_request";
};
export type Collection = {
  readonly events: readonly CollectedEvent[];
  readonly rejected: readonly Rejected[];
};

type EventType = (typeof EVENT_TYPES)[number];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const tooLarge = (code: "event_too_large" | "batch_too_large", limit: number, got: number): RapportError =>
  new RapportError(code, `the body has ${got} bytes, the limit is ${limit}`, {
    errors: [{ path: "", expected: `at most ${limit} bytes`, got: `${got} bytes` }],
  });

/** One call, one event; the path gives the type, whatever the body says. */
export const collectOne = (type: EventType, body: unknown, bytes: number, arrival: Arrival): Collection => {
  if (bytes > MAX_EVENT_BYTES) throw tooLarge("event_too_large", MAX_EVENT_BYTES, bytes);
  const event = parse(SegmentEvent, isObject(body) ? { ...body, type } : body);
  return { events: [normalize(event, arrival)], rejected: [] };
};

const collectItem = (
  item: unknown,
  arrival: Arrival,
  batch: { context?: JsonObject; sentAt?: string },
): CollectedEvent | Rejected["code"] => {
  if (Buffer.byteLength(JSON.stringify(item) ?? "") > MAX_EVENT_BYTES) return "event_too_large";
  try {
    return normalize(parse(SegmentEvent, item), arrival, batch);
  } catch (error) {
    if (error instanceof RapportError) return "invalid_request";
    throw error;
  }
};

/**
 * A batch. Clients never send a refused batch again, so one bad event must not cost the others: it is dropped and named.
 */
export const collectBatch = (body: unknown, bytes: number, arrival: Arrival): Collection => {
  if (bytes > MAX_BATCH_BYTES) throw tooLarge("batch_too_large", MAX_BATCH_BYTES, bytes);
  const { batch, context, sentAt } = parse(SegmentBatch, body);
  const shared = { ...(context ? { context } : {}), ...(sentAt ? { sentAt } : {}) };
  const events: CollectedEvent[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of batch.entries()) {
    const outcome = index < MAX_BATCH_EVENTS ? collectItem(item, arrival, shared) : "batch_too_large";
    if (typeof outcome === "string") rejected.push({ index, code: outcome });
    else events.push(outcome);
  }
  return { events, rejected };
};

const textMember = (data: JsonObject | undefined, name: string): string | undefined => {
  const value = data?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** CloudEvents 1.0: `type` is the event's name, (`source`, `id`) its identity, `data` its properties. */
export const collectCloudEvent = (body: unknown, bytes: number, arrival: Arrival): Collection => {
  if (bytes > MAX_EVENT_BYTES) throw tooLarge("event_too_large", MAX_EVENT_BYTES, bytes);
  const event = parse(CloudEvent, body);
  const userId = textMember(event.data, "userId");
  const anonymousId = textMember(event.data, "anonymousId");
  const segment = {
    type: "track" as const,
    event: event.type,
    userId: userId ?? (anonymousId === undefined ? event.subject : undefined),
    anonymousId,
    messageId: `${event.source}\u0000${event.id}`,
    timestamp: event.time,
    properties: event.data,
    context: { cloudEvent: { source: event.source, ...(event.subject ? { subject: event.subject } : {}) } },
  };
  return { events: [normalize(segment, arrival)], rejected: [] };
};
