import * as z from "zod/mini";
import { isObject } from "./paths.ts";
import type { CollectedEvent, Consent, ConsentState } from "./types.ts";

/** The reserved event by which consent enters. */
export const CONSENT_CHANGED = "Consent Changed";

const name = z.string().check(z.minLength(1), z.maxLength(100));
const ConsentProperties = z.object({
  channel: name,
  topic: z._default(name, "*"),
  status: z.enum(["granted", "withdrawn"]),
  kind: z._default(z.enum(["express", "implied"]), "express"),
  source: z.optional(z.string()),
  text: z.optional(z.string()),
  expiresAt: z.optional(z.string()),
});

export const consentKey = (entry: Pick<Consent, "channel" | "topic">): string =>
  `${entry.channel}|${entry.topic}`;

/** The later time wins; on a tie withdrawn; two alike of one time: any, but always the same. */
export const laterConsent = (a: Consent, b: Consent): Consent => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  if (a.status !== b.status) return a.status === "withdrawn" ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
};

/** `version` stays: it counts writes, and this writes nothing. */
export const mergeConsent = (state: ConsentState, entries: readonly Consent[]): ConsentState => {
  const merged = new Map(Object.entries(state.entries));
  for (const entry of entries) {
    const old = merged.get(consentKey(entry));
    merged.set(consentKey(entry), old === undefined ? entry : laterConsent(old, entry));
  }
  return { ...state, entries: Object.fromEntries(merged) };
};

/** Those entries that change what is stored. */
export const newerConsent = (state: ConsentState, entries: readonly Consent[]): Consent[] =>
  entries.filter((entry) => {
    const old = Object.hasOwn(state.entries, consentKey(entry))
      ? state.entries[consentKey(entry)]
      : undefined;
    return old === undefined || laterConsent(old, entry) !== old;
  });

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
 * Consent that an event brings. `invalid`: a `Consent Changed` that says neither channel nor status changes nothing;
 * the fact is kept on the timeline.
 */
export const consentOf = (
  event: CollectedEvent,
): { readonly entries: readonly Consent[]; readonly invalid: boolean } => {
  const preferences = fromPreferences(event);
  if (event.name !== CONSENT_CHANGED) return { entries: preferences, invalid: false };
  const parsed = z.safeParse(ConsentProperties, event.properties ?? {});
  if (!parsed.success) return { entries: preferences, invalid: true };
  const { channel, topic, status, kind, source, text, expiresAt } = parsed.data;
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
