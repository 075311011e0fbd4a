import { eventTime } from "#domain/collected/event-time.ts";
import { namesNobody, trimmed } from "#domain/identity/nobody.ts";
import { type IdentityProof, proves } from "#domain/identity/proof.ts";
import type { CollectedEvent, Standing } from "#domain/records/event.ts";
import { wrongField } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import type { ToldMoment } from "#kernel/moment.ts";
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

type Id = SegmentEvent["userId"];

/** An id as text; undefined where nothing is given. A user 42 is the user "42". */
const given = (id: Id): string | undefined => {
  const text = id === null || id === undefined ? "" : String(id);
  return trimmed(text) === "" ? undefined : text;
};

/** An id that means somebody; undefined where a client sent what it has for nobody. */
const meant = (id: Id): string | undefined => {
  const text = given(id);
  return text === undefined || namesNobody(text) ? undefined : text;
};

const required = (path: string, expected: string): never => {
  throw wrongField(path, expected, "nothing");
};

/** What Segment's specification asks of each type, beyond the shape. */
const checkRequired = (event: SegmentEvent): void => {
  const userId = meant(event.userId);
  if (userId === undefined && meant(event.anonymousId) === undefined) {
    required("userId", "userId or anonymousId");
  }
  if (event.type === "track" && !event.event) required("event", "the event's name");
  if (event.type === "group" && given(event.groupId) === undefined) required("groupId", "the group's id");
  if (event.type === "alias" && meant(event.previousId) === undefined)
    required("previousId", "the id used so far");
  if (event.type === "alias" && userId === undefined) required("userId", "the id used from now on");
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

/** RudderStack's clients put what identify says into the context, where others put what they know of somebody anyway. */
const traitsOf = ({ type, traits, context }: SegmentEvent): JsonObject | null | undefined => {
  const told = context?.traits;
  return type === "identify" && !traits && isObject(told) ? told : traits;
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
  userId: string | undefined,
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
  batch: { readonly context?: JsonObject; readonly sentAt?: ToldMoment } = {},
): CollectedEvent => {
  checkRequired(event);
  const context = contextOf(event, batch.context, arrival);
  const messageId = meant(event.messageId) ?? arrival.newId();
  return {
    id: hashId("evt", arrival.keyHash, messageId),
    type: event.type,
    name: eventName(event),
    ...present({
      // Those that mean nobody too: applying the event leaves them out, and says so on the timeline.
      userId: given(event.userId),
      anonymousId: given(event.anonymousId),
      previousId: given(event.previousId),
      groupId: given(event.groupId),
      traits: traitsOf(event),
      properties: event.properties,
      context: withoutProof(context),
    }),
    at: eventTime(event, { ...arrival, batchSentAt: batch.sentAt }),
    receivedAt: new Date(arrival.receivedAt).toISOString(),
    source: arrival.source,
    imported: arrival.imported,
    depth: 0,
    standing: standingOf(given(event.userId), context, arrival),
  };
};
