import { ADDRESSES } from "#channels/all.ts";
import { type Json, valueAt } from "#kernel/json.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { IdentifierType } from "../playbook/model/data-model.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier } from "../records/identity.ts";
import { trimmed, type Unusable, unusable } from "./nobody.ts";

/** An identifier that an event claims. `linkedOnly`: used only if it is linked already, and never linked by this event. */
export type Claim = Identifier & { readonly linkedOnly?: true };

/** Longer values are not identifiers but accidents, unless they are spelt as something that is longer. */
const MAX_LENGTH = 512;
/** Of an event's identifiers, only so many of the strongest count. */
const MAX_CLAIMS = 20;
const CUSTOMER_ID = /^cus_[0-9a-z]+$/i;

/** Whether a text looks like an id of ours. */
export const isCustomerId = (text: string): boolean => CUSTOMER_ID.test(text);

/** The type of identifier that is a channel's address; undefined: people are found by no address of the channel. */
export const addressTypeOf = (
  { identifierTypes }: Pick<CompiledPlaybook, "identifierTypes">,
  channel: string,
): IdentifierType | undefined => [...identifierTypes.values()].find((one) => one.channel === channel);

export const identifierKey = (identifier: Identifier): string => `${identifier.type}:${identifier.value}`;

/** Normalizes by `normalize` of data-model.yaml: `none`, `lower`, or a channel's way of spelling addresses. */
const spell = ({ normalize }: IdentifierType, text: string, country: string | undefined): string | null => {
  const spelling = [...ADDRESSES.values()].find((one) => one.spelling?.name === normalize)?.spelling;
  if (text.length > (spelling?.longest ?? MAX_LENGTH)) return null;
  if (normalize === "none") return text;
  if (normalize === "lower") return text.toLowerCase();
  return spelling?.normalize(text, country) ?? null;
};

/**
 * The one spelling of an identifier's value, or null when it is none. Clients send ids as numbers now and then.
 * `country`: ISO 3166 code for phone numbers without a country code.
 */
export const normalizeIdentifier = (
  type: IdentifierType,
  value: Json | undefined,
  country: string | undefined,
): string | null => {
  if (value === undefined || unusable(value) !== null) return null;
  return spell(type, trimmed(String(value)), country);
};

/** Segment's alias claims `previousId` too. As a userId it counts only if it is linked already: alias makes no new person. */
const aliasClaims = (event: CollectedEvent, playbook: CompiledPlaybook): Claim[] => {
  if (event.type !== "alias" || event.previousId === undefined) return [];
  const anonymous = playbook.identifierTypes.get("anonymousId");
  const known = playbook.identifierTypes.get("userId");
  const claim = (type: IdentifierType | undefined): Identifier[] => {
    const value = type && normalizeIdentifier(type, event.previousId, undefined);
    return type && value ? [{ type: type.type, value }] : [];
  };
  return [
    ...claim(known).map((identifier) => ({ ...identifier, linkedOnly: true }) as const),
    ...claim(anonymous),
  ];
};

/** Values that an event gives for a type of identifier, with where they stood. */
const valuesOf = (event: CollectedEvent, type: IdentifierType): readonly (readonly [string, Json])[] => [
  ...(event.identifiers ?? []).flatMap((one) =>
    one.type === type.type ? [[type.type, one.value] as const] : [],
  ),
  ...type.from.flatMap((path) => {
    const value = valueAt(event, path);
    return value === undefined ? [] : [[path, value] as const];
  }),
];

/**
 * All identifiers of an event, strongest first, each once. Those the data model does not declare, and values that are
 * none (a mail address without `@`), are left out.
 */
export const identifiersOf = (event: CollectedEvent, playbook: CompiledPlaybook): Claim[] => {
  const country = countryOfLocale(playbook.document.brand.locale);
  const claims = new Map<string, Claim>();
  const claim = (identifier: Claim): void => {
    const key = identifierKey(identifier);
    if (!claims.has(key)) claims.set(key, identifier);
  };
  for (const type of playbook.identifierTypes.values()) {
    for (const [, raw] of valuesOf(event, type)) {
      const value = normalizeIdentifier(type, raw, country);
      if (value !== null) claim({ type: type.type, value });
    }
  }
  for (const alias of aliasClaims(event, playbook)) claim(alias);
  const priority = (one: Claim): number => playbook.identifierTypes.get(one.type)?.priority ?? 0;
  return [...claims.values()].sort((a, b) => priority(a) - priority(b)).slice(0, MAX_CLAIMS);
};

/** An identifier of an event that leads to nobody: where it stood, and why. */
export type UnusableIdentifier = { readonly what: string; readonly reason: Unusable };

/**
 * What an event gives as identifiers and can be nobody's. Nothing given, null or an empty text, is not told: clients send
 * that for everybody whom they do not know.
 */
export const unusableIn = (
  event: CollectedEvent,
  { identifierTypes }: Pick<CompiledPlaybook, "identifierTypes">,
): readonly UnusableIdentifier[] =>
  [...identifierTypes.values()].flatMap((type) =>
    valuesOf(event, type).flatMap(([what, value]) => {
      const reason = value === null || value === "" ? null : unusable(value);
      return reason === null ? [] : [{ what, reason }];
    }),
  );

/**
 * A `ref` of the API (customerId or `type:value`) in the one spelling that `CustomerStore.find` takes; null when it can
 * lead to nobody: undeclared type, or a value that is none.
 */
export const normalizeRef = (ref: string, playbook: CompiledPlaybook): string | null => {
  if (isCustomerId(ref)) return ref;
  const colon = ref.indexOf(":");
  const type = playbook.identifierTypes.get(ref.slice(0, Math.max(0, colon)));
  if (type === undefined) return null;
  const value = normalizeIdentifier(
    type,
    ref.slice(colon + 1),
    countryOfLocale(playbook.document.brand.locale),
  );
  return value === null ? null : identifierKey({ type: type.type, value });
};
