import * as z from "zod/mini";
import { CHANNELS } from "#channels/all.ts";
import { ACCOUNT_NAME } from "#kernel/account-name.ts";
import { DURATION_FORM, durationMs } from "#kernel/duration.ts";
import { isCountry } from "#kernel/phone/phone.ts";
import { DAY_MS, isMoment } from "#kernel/time.ts";
import { hostPattern } from "#template/links/hosts.ts";
import { FORBIDDEN_SCHEMES } from "#template/links/schemes.ts";
import { WORD_KEYS } from "#template/words/words.ts";
import { HOLIDAY_FORM, parseHoliday } from "../../calendar/holidays.ts";

/**
 * The building blocks of the playbook's schemas. Every refinement's `error` says what was expected: zod/mini carries no
 * texts of its own, and read/issues.ts turns these into findings.
 */
export const LIMITS = {
  nameLength: 100,
  formulaLength: 4_000,
  perList: 500,
} as const;

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u;
const FIELD = /^[\p{L}_$](?:[\p{L}\p{N} _-]*[\p{L}\p{N}_])?$/u;
const EVENT = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._:/-]*[\p{L}\p{N}])?$/u;
const LOCALE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** `constructor`, `toString`, ...: as names they would find what JavaScript gives every object, instead of nothing. */
const isInherited = (value: string): boolean => value.split(".").some((step) => step in Object.prototype);

const matching = (pattern: RegExp, expected: string, max: number = LIMITS.nameLength) =>
  z.string().check(
    z.maxLength(max, { error: `at most ${max} characters` }),
    z.regex(pattern, { error: expected }),
    z.refine((value) => !isInherited(value), { error: "another name: this one is reserved" }),
  );

/** Names of actions, segments, triggers, placements, ...: letters, digits, spaces, dots and dashes. */
export const name = () =>
  matching(
    NAME,
    "a name of letters, digits, spaces, dots, dashes and underscores, starting with a letter or digit",
  );
/** Names that rules use: `customer.<field>`. No dots, because FEEL reads a dot as a path. */
export const fieldName = () =>
  matching(FIELD, "a name of letters, digits, spaces, dashes and underscores, starting with a letter");
export const eventName = () =>
  matching(EVENT, "an event's name: letters, digits, spaces, dots, dashes, slashes and colons");
/** A property of an event; dots lead into maps. */
export const propertyPath = () =>
  matching(/^[^\s.](?:[^\r\n]*[^\s.])?$/u, "a property, such as total or shipping.city", 200);
export const line = (max = 500) =>
  z
    .string()
    .check(
      z.maxLength(max, { error: `at most ${max} characters` }),
      z.regex(/^[^\r\n]*\S[^\r\n]*$/, { error: "one line of text" }),
    );
export const text = (max = 5_000) =>
  z.string().check(z.maxLength(max, { error: `at most ${max} characters` }));

/** A rule in FEEL. It is compiled by check/rules.ts, not here. */
export const feel = () =>
  z
    .string()
    .check(
      z.maxLength(LIMITS.formulaLength, { error: `at most ${LIMITS.formulaLength} characters` }),
      z.regex(/\S/, { error: "a FEEL expression" }),
    );
/** A number, or a FEEL formula that gives one. */
export const formula = () => z.union([z.number(), feel()], { error: "a number, or a formula in FEEL" });

export const duration = () =>
  z.string().check(
    z.refine((value) => (durationMs(value) ?? 0) > 0, { error: DURATION_FORM }),
    z.refine((value) => (durationMs(value) ?? 0) <= MAX_WINDOW_MS, { error: "at most ten years (P3660D)" }),
  );
const MAX_WINDOW_MS = 3_660 * DAY_MS;

/** How E.164 numbers of a region begin: `+1`, `+1305`. */
export const phonePrefix = () =>
  z
    .string()
    .check(z.regex(/^\+[1-9]\d{0,9}$/, { error: 'how phone numbers begin, such as "+1305", in quotes' }));
/** An account at a provider, as `rapport providers connect` calls it. */
export const accountName = () =>
  z
    .string()
    .check(z.regex(ACCOUNT_NAME, { error: "an account's name: lower-case letters, digits and dashes" }));
/** ISO 3166, with two letters. */
export const country = () =>
  z
    .string()
    .check(
      z.refine(isCountry, { error: "a country's code such as DE, US or GB, in capitals; NO in quotes" }),
    );
export const timeOfDay = () => z.string().check(z.regex(TIME, { error: 'a time of day such as "21:00"' }));
/** Until when something lasts: `24:00` is the end of the day. */
export const endOfTime = () =>
  z.string().check(
    z.refine((value) => TIME.test(value) || value === "24:00", {
      error: 'a time of day such as "21:00", or "24:00"',
    }),
  );
export const holiday = () =>
  z.string().check(z.refine((value) => parseHoliday(value) !== null, { error: HOLIDAY_FORM }));
export const locale = () => z.string().check(z.regex(LOCALE, { error: "a locale such as en, de or de-AT" }));
export const date = () =>
  z.string().check(
    z.refine((value) => MOMENT.test(value) && isMoment(value), {
      error: "a date such as 2026-11-27, or a time with its zone such as 2026-11-27T09:00:00+01:00",
    }),
  );
export const timeZone = () =>
  z.string().check(z.refine(isTimeZone, { error: "a time zone of the IANA list, such as Europe/Berlin" }));

const isTimeZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
};

export const url = () =>
  z
    .string()
    .check(z.refine((value) => URL.canParse(value) && /^https?:/.test(value), { error: "a web address" }));
/** `shop.example`, or `*.shop.example` for every host below it. A dot at least must stand below a star: `*.com` is anybody's. */
export const host = () =>
  z.string().check(
    z.maxLength(255, { error: "at most 255 characters" }),
    z.refine((value) => hostPattern(value) !== null, {
      error: "a host such as shop.example, or *.shop.example for all below it, without https:// and path",
    }),
  );
/** What the hub itself says: a key of its words, or the name of a channel. */
export const wordKey = () =>
  z.string().check(z.refine((value) => SAID.includes(value), { error: `one of ${SAID.join(", ")}` }));
const SAID = [...WORD_KEYS, ...CHANNELS.keys()];
/** Plain words: what Liquid would read in them is refused. */
export const words = () =>
  line(500).check(
    z.regex(/^(?!.*\{[{%]).*$/, { error: "words without Liquid; {brand} and {topics} are filled in" }),
  );
/** What stands before the colon of an address: `myapp`. */
export const linkScheme = () =>
  z.string().check(
    z.regex(/^[A-Za-z][A-Za-z0-9+.-]{0,49}$/, {
      error: "what links begin with, such as myapp, without :// behind it",
    }),
    z.refine((value) => !FORBIDDEN_SCHEMES.includes(value.toLowerCase()), {
      error: "another scheme: links of this one run code",
    }),
  );
/** `name@host` or `Name <name@host>`; CR and LF are refused, for this becomes a mail header. */
export const mailbox = () =>
  matching(
    /^(?:[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+|[^<>\r\n]+ <[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+>)$/,
    "a mail address, such as hello@example.com or Alder & Oak <hello@example.com>",
    320,
  );
/** `told`: the least that makes sense, where a smaller one is refused in words of its own. */
export const whole = (minimum: number, maximum: number, told = minimum) => {
  const error = `a whole number from ${told} to ${maximum}`;
  return z.number().check(
    z.multipleOf(1, { error, abort: true }),
    // What is wrong with a number is said once, and editors read the limits as numbers.
    z.minimum(minimum, { error, abort: true }),
    z.maximum(maximum, { error }),
  );
};
export const between = (minimum: number, maximum: number) => {
  const error = `a number from ${minimum} to ${maximum}`;
  return z.number().check(z.minimum(minimum, { error }), z.maximum(maximum, { error }));
};

export const listOf = <S extends z.ZodMiniType>(item: S, max: number = LIMITS.perList) =>
  z.array(item).check(z.maxLength(max, { error: `at most ${max} entries` }));
export const mapOf = <K extends z.core.$ZodRecordKey, S extends z.ZodMiniType>(key: K, item: S) =>
  z.record(key, item).check(
    z.refine((value) => Object.keys(value).length <= LIMITS.perList, {
      error: `at most ${LIMITS.perList} entries`,
    }),
  );
export const json = () => z.record(z.string(), z.json());
