import * as z from "zod/mini";
import type { CollectedEvent } from "#domain/records/event.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError } from "#kernel/errors.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { ToldMoment } from "#kernel/moment.ts";
import { parse } from "#runtime/parse.ts";
import { type Arrival, normalize } from "./normalize.ts";
import { CloudEvent, type EVENT_TYPES, SegmentBatch, SegmentEvent } from "./operations.ts";

export type Rejected = {
  readonly index: number;
  readonly code: "event_too_large" | "batch_too_large" | "invalid_request";
};
export type ReadEvents = {
  readonly events: readonly CollectedEvent[];
  readonly rejected: readonly Rejected[];
};

type EventType = (typeof EVENT_TYPES)[number];

const tooLarge = (code: "event_too_large" | "batch_too_large", limit: number, got: number): RapportError =>
  new RapportError(code, `the body has ${got} bytes, the limit is ${limit}`, {
    errors: [{ path: "", expected: `at most ${limit} bytes`, got: `${got} bytes` }],
  });

/** One call, one event; the path gives the type, whatever the body says. */
export const readOne = (type: EventType, body: unknown, bytes: number, arrival: Arrival): ReadEvents => {
  if (bytes > BOUNDS.eventBytes) throw tooLarge("event_too_large", BOUNDS.eventBytes, bytes);
  const event = parse(SegmentEvent, isObject(body) ? { ...body, type } : body);
  return { events: [normalize(event, arrival)], rejected: [] };
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

/** What a batch says for all its events, with the bytes that it adds to each at the most. */
type Shared = { readonly context?: JsonObject; readonly sentAt?: ToldMoment; readonly bytes: number };

/** Bytes of the event as it goes on, with the batch's context in it. Written out only where it may be too large. */
const mergedBytes = (item: unknown, { context, bytes }: Shared): number => {
  const own = bytesOf(item);
  if (context === undefined || own + bytes <= BOUNDS.eventBytes) return own + bytes;
  const replaced = isObject(item) && isObject(item.context) ? item.context : {};
  const added = Object.entries(context).filter(([name]) => !Object.hasOwn(replaced, name));
  return own + bytesOf(Object.fromEntries(added));
};

const readItem = (item: unknown, arrival: Arrival, batch: Shared): CollectedEvent | "invalid_request" => {
  try {
    return normalize(parse(SegmentEvent, item), arrival, batch);
  } catch (error) {
    if (error instanceof RapportError) return "invalid_request";
    throw error;
  }
};

/**
 * A batch. Clients never send a refused batch again, so one bad event must not cost the others: it is dropped and named.
 * An event is measured with what the batch says for all: half a megabyte said once would be said 2,500 times.
 */
export const readBatch = (body: unknown, bytes: number, arrival: Arrival): ReadEvents => {
  if (bytes > BOUNDS.batchBytes) throw tooLarge("batch_too_large", BOUNDS.batchBytes, bytes);
  const { batch, context, sentAt } = parse(SegmentBatch, body);
  const shared = {
    ...(context ? { context } : {}),
    ...(sentAt ? { sentAt } : {}),
    bytes: context ? bytesOf(context) : 0,
  };
  const events: CollectedEvent[] = [];
  const rejected: Rejected[] = [];
  let total = 0;
  for (const [index, item] of batch.entries()) {
    const merged = mergedBytes(item, shared);
    const isLarge = merged > BOUNDS.eventBytes;
    const isFull = index >= BOUNDS.batchEvents || total + merged > BOUNDS.batchMergedBytes;
    const code = isLarge ? "event_too_large" : isFull ? "batch_too_large" : undefined;
    const outcome = code ?? readItem(item, arrival, shared);
    if (typeof outcome === "string") rejected.push({ index, code: outcome });
    else {
      events.push(outcome);
      total += merged;
    }
  }
  return { events, rejected };
};

/** Whom a CloudEvent's data names, checked as every event's ids are. */
const Named = z.pick(SegmentEvent, { userId: true, anonymousId: true });

/** A member of another kind is no id of ours: data may hold anything. */
const namedIn = (data: JsonObject = {}): z.output<typeof Named> => {
  const ids = ["userId", "anonymousId"].filter((name) => ["string", "number"].includes(typeof data[name]));
  return parse(Named, Object.fromEntries(ids.map((name) => [name, data[name]])), "data.");
};

const isNamed = (id: unknown): boolean => id !== undefined && id !== "";

/** CloudEvents 1.0: `type` is the event's name, (`source`, `id`) its identity, `data` its properties. */
export const readCloudEvent = (body: unknown, bytes: number, arrival: Arrival): ReadEvents => {
  if (bytes > BOUNDS.eventBytes) throw tooLarge("event_too_large", BOUNDS.eventBytes, bytes);
  const event = parse(CloudEvent, body);
  const { userId, anonymousId } = namedIn(event.data);
  const segment = {
    type: "track" as const,
    event: event.type,
    userId: isNamed(userId) || isNamed(anonymousId) ? userId : event.subject,
    anonymousId,
    messageId: `${event.source}\u0000${event.id}`,
    timestamp: event.time,
    properties: event.data,
    context: { cloudEvent: { source: event.source, ...(event.subject ? { subject: event.subject } : {}) } },
  };
  return { events: [normalize(segment, arrival)], rejected: [] };
};
