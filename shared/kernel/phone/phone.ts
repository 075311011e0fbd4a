import { PLANS, type PlanRow } from "./plans.generated.ts";

/** The numbering plan of a country, as ITU-T E.164 and the national authorities have it. */
type Plan = {
  readonly callingCode: string;
  readonly dialOut: RegExp;
  readonly numbers: RegExp;
  readonly lengths: readonly number[];
  readonly prefix: RegExp | null;
  readonly replacement: string;
};

/** Patterns are made when a country is first needed: a brand has customers in a few. */
const toPlan = ([, callingCode, dialOut, pattern, lengths, prefix, replacement]: PlanRow): Plan => ({
  callingCode,
  dialOut: new RegExp(`^(?:${dialOut || "00"})`),
  numbers: new RegExp(`^(?:${pattern})$`),
  lengths,
  prefix: prefix === "" ? null : new RegExp(`^(?:${prefix})`),
  replacement,
});
const rows: ReadonlyMap<string, PlanRow> = new Map(PLANS.map((row) => [row[0], row]));
/** Of countries that share a calling code the main one, which comes first, knows the others' lengths too. */
const mainCountry: ReadonlyMap<string, string> = new Map(
  [...PLANS].reverse().map(([country, callingCode]) => [callingCode, country]),
);
const plans = new Map<string, Plan>();

const planOf = (country: string | undefined): Plan | undefined => {
  if (country === undefined) return undefined;
  const row = rows.get(country);
  const plan = plans.get(country) ?? (row && toPlan(row));
  if (plan) plans.set(country, plan);
  return plan;
};

/** ASCII, full-width and Arabic-Indic digits, as people's keyboards have them; a plus only in front. */
const ZEROS = [0x30, 0xff10, 0x660, 0x6f0];
const digitOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? "" : String(code - zero);
};

/** What may stand between digits. Letters, an extension, or a second plus are no number of one person. */
const NUMBER = /^[+＋]?[\p{Nd}\s().\-/‐-―－·⁠]*$/u;

/** Without the national prefix (`0170` -> `170`), unless the number is one only with it. */
const withoutPrefix = (national: string, plan: Plan): string => {
  const match = plan.prefix?.exec(national);
  if (!match) return national;
  const [prefix] = match;
  const captured = match.slice(1).findLast((group) => group !== undefined);
  const rest =
    plan.replacement !== "" && captured !== undefined
      ? national.replace(plan.prefix ?? "", plan.replacement)
      : national.slice(prefix.length);
  if (plan.numbers.test(national) && !plan.numbers.test(rest)) return national;
  // What is too short without the prefix was short of digits, not long of a prefix.
  const isPossible = plan.lengths.includes(rest.length) || rest.length > Math.max(...plan.lengths);
  return isPossible ? rest : national;
};

const inPlan = (national: string, plan: Plan): string | null => {
  const number = withoutPrefix(national, plan);
  return plan.lengths.includes(number.length) ? `+${plan.callingCode}${number}` : null;
};

const international = (digits: string): string | null => {
  for (const length of [1, 2, 3]) {
    const plan = planOf(mainCountry.get(digits.slice(0, length)));
    if (plan !== undefined) return inPlan(digits.slice(length), plan);
  }
  return null;
};

const domestic = (digits: string, plan: Plan): string | null => {
  const abroad = plan.dialOut.exec(digits);
  const dialled = abroad === null ? null : international(digits.slice(abroad[0].length));
  if (dialled !== null) return dialled;
  // `49 170 ...` without the plus: only if it is no number of the country as it stands.
  const bare = digits.slice(plan.callingCode.length);
  const isBare =
    digits.startsWith(plan.callingCode) &&
    !plan.numbers.test(withoutPrefix(digits, plan)) &&
    plan.numbers.test(withoutPrefix(bare, plan));
  return inPlan(isBare ? bare : digits, plan);
};

/**
 * A number as people write it -> E.164, or null when it can be none. `country`: ISO 3166 code for numbers without a
 * country code. Tells what is possible (length), not what is in use: only the provider knows that.
 */
export const toE164 = (text: string, country: string | undefined): string | null => {
  const written = text.trim();
  if (!NUMBER.test(written)) return null;
  const digits = [...written].map(digitOf).join("");
  if (digits === "") return null;
  if (/^[+＋]/u.test(written)) return international(digits);
  const plan = planOf(country);
  return plan === undefined ? null : domestic(digits, plan);
};

const likelyCountry = (locale: string): string | undefined => {
  try {
    return new Intl.Locale(locale).maximize().region;
  } catch {
    return undefined;
  }
};

/** A brand has one locale, and asking Intl takes longer than all the rest of an identifier. */
const countries = new Map<string, string | undefined>();

/** Where people of a locale live, most likely: `de-CH` -> `CH`, `de` -> `DE`. */
export const countryOfLocale = (locale: string): string | undefined => {
  if (!countries.has(locale)) countries.set(locale, likelyCountry(locale));
  return countries.get(locale);
};

/** Whether there is a numbering plan of that country (ISO 3166 code). */
export const isCountry = (code: string): boolean => rows.has(code);

/**
 * The countries that a number can be of. Those that share a plan, as the United States and Canada do, are told apart by their
 * area codes only where the plan's own pattern does.
 * @param number E.164
 */
export const countriesOf = (number: string): readonly string[] =>
  PLANS.flatMap(([country, callingCode]) => {
    if (!number.startsWith(`+${callingCode}`)) return [];
    const plan = planOf(country);
    return plan?.numbers.test(number.slice(callingCode.length + 1)) === true ? [country] : [];
  });
