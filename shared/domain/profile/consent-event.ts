import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Consent } from "../records/permission.ts";

/** The reserved event by which consent enters. */
export const CONSENT_CHANGED = "Consent Changed";

/** The source of what somebody chose in a page's banner. */
export const BANNER = "context.consent";

const MOST_ID = 100;
const name = z.string().check(z.minLength(1), z.maxLength(100));
const Kind = z.enum(["express", "implied"]);
const about = { channel: name, topic: z._default(name, "*") };
const source = z.string().check(z.maxLength(200));
const proof = z
  .string()
  .check(z.refine((text) => Buffer.byteLength(text) <= BOUNDS.consentTextBytes, { error: "2 KB of text" }));

/** Times are compared as text, which only four-digit years in UTC with milliseconds allow. */
const COMPARABLE = "2027-03-01T00:00:00.000Z".length;

/** A time with its offset, or a date, which stands for the moment that day begins in UTC; kept as ISO-8601 UTC. */
const End = z.pipe(
  z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
  z.pipe(
    z.transform((text: string) => new Date(text).toISOString()),
    z.string().check(z.length(COMPARABLE)),
  ),
);

/** Consent that nobody called express is implied, the weaker: a permission must be given, never assumed (GDPR 4(11)). */
const Granted = z.object({
  ...about,
  status: z.literal("granted"),
  kind: z._default(Kind, "implied"),
  source: z.optional(source),
  text: z.optional(proof),
  expiresAt: z.optional(End),
});
/** A withdrawal counts whatever it or its proof looks like, and has no end (GDPR 7(3), 21): what is unclear means all. */
const Withdrawn = z.object({
  channel: z.catch(name, "*"),
  topic: z.catch(name, "*"),
  status: z.literal("withdrawn"),
  kind: z.catch(Kind, "implied"),
  source: z.catch(z.optional(source), undefined),
  text: z.catch(z.optional(proof), undefined),
});
const ConsentProperties = z.discriminatedUnion("status", [Granted, Withdrawn]);

const plain = (text: string): string => text.trim().toLowerCase();
const asMeant = (value: Json | undefined): Json | undefined =>
  typeof value === "string" ? plain(value) : value;

/** Whatever letters and blanks people put words of ours in. */
const readProperties = (given: JsonObject) =>
  z.safeParse(ConsentProperties, { ...given, status: asMeant(given.status), kind: asMeant(given.kind) });

type Declared = Pick<PlaybookDocument, "actions" | "brand" | "contactPolicy" | "dataModel" | "placements">;

/** The declared name that is meant, in whatever spelling; `*` stays. Undefined: no such name is declared. */
const declared = (name: string, known: readonly string[]): string | undefined => {
  const wanted = plain(name);
  return wanted === "*" ? "*" : known.find((one) => plain(one) === wanted);
};

/** Every channel that the playbook names: consent is also about channels where content is shown, not sent. */
const channelsOf = ({ actions, brand, dataModel, placements }: Declared): readonly string[] => [
  ...Object.keys(brand.providers),
  ...dataModel.identifiers.flatMap(({ channel = [] }) => channel),
  ...placements.flatMap(({ channels }) => channels),
  ...actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel)),
];

const topicsOf = ({ contactPolicy }: Declared): readonly string[] =>
  contactPolicy.categories.map(({ name: category }) => category);

/** The channels and topics that consent may be about, as the playbook names them. */
export const consentNames = (
  document: Declared,
): { readonly channels: readonly string[]; readonly topics: readonly string[] } => ({
  channels: [...new Set(channelsOf(document))],
  topics: [...new Set(topicsOf(document))],
});

/** Pages that a message led to say which message it was; nobody else can. */
const messageOf = ({ customerId, properties, standing }: CollectedEvent): Pick<Consent, "messageId"> =>
  customerId !== undefined && standing !== "public" && typeof properties?.messageId === "string"
    ? { messageId: properties.messageId.slice(0, MOST_ID) }
    : {};

const standingOf = ({ standing }: CollectedEvent): Pick<Consent, "standing"> =>
  standing === undefined ? {} : { standing };

/**
 * Segment's consent management: what the person chose in a page's banner, sent with every event. Only topics that the
 * playbook declares are used, because a banner asks about cookies too.
 */
const fromPreferences = (event: CollectedEvent, document: Declared): Consent[] => {
  const consent = event.context?.consent;
  const preferences = isObject(consent) ? consent.categoryPreferences : undefined;
  if (!isObject(preferences)) return [];
  const topics = topicsOf(document);
  const chosen = new Map<string, boolean>();
  for (const [name, granted] of Object.entries(preferences)) {
    const topic = typeof granted === "boolean" ? declared(name, topics) : undefined;
    // Of two spellings of one topic the refusal counts.
    if (topic !== undefined) chosen.set(topic, granted === true && chosen.get(topic) !== false);
  }
  return [...chosen].map(([topic, granted]) => ({
    channel: "*",
    topic,
    status: granted ? "granted" : "withdrawn",
    kind: "express",
    source: BANNER,
    at: event.at,
    ...standingOf(event),
  }));
};

const KEYWORD = "keyword";
const KEPT_WORDS = 200;

/**
 * What a customer said by a word that the law knows, or in words of their own. A start takes back a stop: what was granted
 * before holds again, and nothing is granted beyond what needs no express word.
 */
const fromKeyword = (event: CollectedEvent): Consent[] => {
  const { channel, keyword, text } = event.properties ?? {};
  if (event.name !== MESSAGE_RECEIVED || event.standing === "public" || event.standing === "proven")
    return [];
  if (typeof channel !== "string" || typeof text !== "string") return [];
  const said = { channel, topic: "*", source: KEYWORD, at: event.at, text: text.slice(0, KEPT_WORDS) };
  if (keyword === "start") return [{ ...said, status: "granted", kind: "implied" }];
  if (keyword !== "stop" && keyword !== "revocation") return [];
  return [{ ...said, status: "withdrawn", kind: "express" }];
};

export type RefusedConsent = "invalid-consent" | "unknown-channel" | "unknown-topic";

/**
 * Consent that an event brings. `refused`: a `Consent Changed` that says neither channel nor status, or grants something
 * that nobody understands, changes nothing; the fact is kept on the timeline. A withdrawal of what is not declared
 * withdraws everything that it may mean.
 */
export const consentOf = (
  event: CollectedEvent,
  document: Declared,
): { readonly entries: readonly Consent[]; readonly refused: readonly RefusedConsent[] } => {
  const preferences = [...fromPreferences(event, document), ...fromKeyword(event)];
  if (event.name !== CONSENT_CHANGED) return { entries: preferences, refused: [] };
  const parsed = readProperties(event.properties ?? {});
  if (!parsed.success) return { entries: preferences, refused: ["invalid-consent"] };
  const { status, kind, text } = parsed.data;
  const channel = declared(parsed.data.channel, channelsOf(document));
  const topic = declared(parsed.data.topic, topicsOf(document));
  if (status === "granted" && channel === undefined)
    return { entries: preferences, refused: ["unknown-channel"] };
  if (status === "granted" && topic === undefined)
    return { entries: preferences, refused: ["unknown-topic"] };
  const expiresAt = parsed.data.status === "granted" ? parsed.data.expiresAt : undefined;
  const entry: Consent = {
    channel: channel ?? "*",
    topic: topic ?? "*",
    status,
    kind,
    source: parsed.data.source ?? event.source,
    at: event.at,
    ...standingOf(event),
    ...messageOf(event),
    ...(text === undefined ? {} : { text }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return { entries: [...preferences, entry], refused: [] };
};
