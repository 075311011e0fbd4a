import * as z from "zod/mini";
import { isObject } from "#kernel/json.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Consent } from "../records/permission.ts";

/** The reserved event by which consent enters. */
export const CONSENT_CHANGED = "Consent Changed";

const name = z.string().check(z.minLength(1), z.maxLength(100));
const Kind = z.enum(["express", "implied"]);
const about = { channel: name, topic: z._default(name, "*") };

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
  source: z.optional(z.string()),
  text: z.optional(z.string()),
  expiresAt: z.optional(End),
});
/** An objection counts however oddly it is proved, and has no end (GDPR 7(3), 21). */
const Withdrawn = z.object({
  ...about,
  status: z.literal("withdrawn"),
  kind: z.catch(Kind, "implied"),
  source: z.catch(z.optional(z.string()), undefined),
  text: z.catch(z.optional(z.string()), undefined),
});
const ConsentProperties = z.discriminatedUnion("status", [Granted, Withdrawn]);

/** Segment's consent management: what a page's banner let the person choose, told with every event. */
const fromPreferences = (event: CollectedEvent): Consent[] => {
  const consent = event.context?.consent;
  const preferences = isObject(consent) ? consent.categoryPreferences : undefined;
  if (!isObject(preferences)) return [];
  return Object.entries(preferences).flatMap(([topic, granted]) =>
    typeof granted !== "boolean"
      ? []
      : [
          {
            channel: "*",
            topic,
            status: granted ? ("granted" as const) : ("withdrawn" as const),
            kind: "express" as const,
            source: "context.consent",
            at: event.at,
          },
        ],
  );
};

/**
 * Consent that an event brings. `invalid`: a `Consent Changed` that says neither channel nor status, or grants something
 * of a kind or until a time that nobody understands, changes nothing; the fact is kept on the timeline.
 */
export const consentOf = (
  event: CollectedEvent,
): { readonly entries: readonly Consent[]; readonly invalid: boolean } => {
  const preferences = fromPreferences(event);
  if (event.name !== CONSENT_CHANGED) return { entries: preferences, invalid: false };
  const parsed = z.safeParse(ConsentProperties, event.properties ?? {});
  if (!parsed.success) return { entries: preferences, invalid: true };
  const { channel, topic, status, kind, source, text } = parsed.data;
  const expiresAt = parsed.data.status === "granted" ? parsed.data.expiresAt : undefined;
  const entry: Consent = {
    channel,
    topic,
    status,
    kind,
    source: source ?? event.source,
    at: event.at,
    ...(text === undefined ? {} : { text }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return { entries: [...preferences, entry], invalid: false };
};
