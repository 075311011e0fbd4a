import { type IdentityProof, proves } from "#domain/identity/proof.ts";
import type { CollectedEvent, Standing } from "#domain/records/event.ts";
import { wrongField } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { SegmentEvent } from "./operations.ts";

export type Arrival = {
  /** Who sent it: the key's hash makes event ids, its name is kept as the source. */
  readonly keyHash: string;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly sourceIp: string;
  readonly imported: boolean;
  /** Of all that the key sends; by a write key it is public unless a proof in the event holds by one of the secrets. */
  readonly standing: "trusted" | { readonly identityKeys: readonly string[] };
  /** Used where the client gave no messageId. */
  readonly newId: () => string;
};

const time = (text: string | null | undefined): number | undefined => {
  if (text === null || text === undefined) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
};

/**
 * Event time on our clock: `receivedAt - (sentAt - originalTimestamp)`, as Segment corrects it. An event cannot have
 * happened after it arrived: a client clock that runs ahead would otherwise win every later write. Nor before 1970:
 * times are compared as text, which only four-digit years allow.
 */
const eventTime = (event: SegmentEvent, sentAt: number | undefined, receivedAt: number): string => {
  const original = time(event.originalTimestamp) ?? time(event.timestamp);
  if (original === undefined) return new Date(receivedAt).toISOString();
  const corrected = sentAt === undefined ? original : receivedAt - (sentAt - original);
  return new Date(Math.max(0, Math.min(corrected, receivedAt))).toISOString();
};

const required = (path: string, expected: string): never => {
  throw wrongField(path, expected, "nothing");
};

/** What Segment's specification asks of each type, beyond the shape. */
const checkRequired = (event: SegmentEvent): void => {
  if (!event.userId && !event.anonymousId) required("userId", "userId or anonymousId");
  if (event.type === "track" && !event.event) required("event", "the event's name");
  if (event.type === "group" && !event.groupId) required("groupId", "the group's id");
  if (event.type === "alias" && !event.previousId) required("previousId", "the id used so far");
  if (event.type === "alias" && !event.userId) required("userId", "the id used from now on");
};

const eventName = (event: SegmentEvent): string => {
  switch (event.type) {
    case "track":
      return event.event ?? "";
    case "page":
    case "screen":
      return event.name ?? event.type;
    default:
      return event.type;
  }
};

/** `context.direct: true` asks for the address of the connection; anything else keeps what the client said. */
const contextOf = (
  event: SegmentEvent,
  batch: JsonObject | undefined,
  arrival: Arrival,
): JsonObject | undefined => {
  if (!event.context && batch === undefined) return undefined;
  const context = { ...batch, ...event.context };
  return context.direct === true ? { ...context, ip: arrival.sourceIp } : context;
};

/** `context.identity`, where it has the members of a proof. Ids may come as numbers, as everywhere. */
const proofIn = (context: JsonObject | undefined): IdentityProof | undefined => {
  const identity = context?.identity;
  if (!isObject(identity)) return undefined;
  const { userId, at, proof } = identity;
  if (typeof userId !== "string" && typeof userId !== "number") return undefined;
  if (typeof at !== "string" || typeof proof !== "string") return undefined;
  return { userId: String(userId), at, proof };
};

/** A proof says who is logged in, and nothing about others: the event must be that user's. */
const standingOf = (
  userId: string | null | undefined,
  context: JsonObject | undefined,
  { standing, receivedAt }: Arrival,
): Standing => {
  if (standing === "trusted") return "trusted";
  const proof = proofIn(context);
  if (proof === undefined || proof.userId !== userId) return "public";
  return proves(standing.identityKeys, proof, receivedAt) ? "proven" : "public";
};

/** A proof holds for a day: it is kept nowhere. */
const withoutProof = (context: JsonObject | undefined): JsonObject | undefined => {
  if (!isObject(context?.identity) || !("proof" in context.identity)) return context;
  const { proof: _, ...identity } = context.identity;
  return { ...context, identity };
};

const present = <T extends Record<string, unknown>>(members: T) =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  ) as { [Key in keyof T]?: NonNullable<T[Key]> };

/** Segment's event becomes ours. Throws `invalid_request` where a member the type needs is missing. */
export const normalize = (
  event: SegmentEvent,
  arrival: Arrival,
  batch: { readonly context?: JsonObject; readonly sentAt?: string } = {},
): CollectedEvent => {
  checkRequired(event);
  const context = contextOf(event, batch.context, arrival);
  const messageId = event.messageId || arrival.newId();
  return {
    id: hashId("evt", arrival.keyHash, messageId),
    type: event.type,
    name: eventName(event),
    ...present({
      userId: event.userId,
      anonymousId: event.anonymousId,
      previousId: event.previousId,
      groupId: event.groupId,
      traits: event.traits,
      properties: event.properties,
      context: withoutProof(context),
    }),
    at: eventTime(event, time(event.sentAt ?? batch.sentAt), arrival.receivedAt),
    receivedAt: new Date(arrival.receivedAt).toISOString(),
    source: arrival.source,
    imported: arrival.imported,
    depth: 0,
    standing: standingOf(event.userId, context, arrival),
  };
};
