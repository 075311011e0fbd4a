import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A number as people write it -> E.164, or null. `country`: ISO 3166 code taken for numbers without a country code. */
export const toE164 = (text: string, country: string | undefined): string | null => {
  const home: CountryCode | undefined =
    country !== undefined && isSupportedCountry(country) ? country : undefined;
  const number = parsePhoneNumberFromString(text, home);
  return number?.isPossible() ? number.number : null;
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
