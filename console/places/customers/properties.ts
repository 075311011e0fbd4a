import { plain } from "#console/words/plain.ts";

/** What is told beside an event: its first few plain properties. */
const TOLD_PROPERTIES = 3;

/** What people call a thing comes first, and what programs call it last. */
const placeOf = (name: string): number => {
  if (/^(name|title|subject)$/.test(name)) return 0;
  return /(^|_)(id|url|sku)$/.test(name) ? 2 : 1;
};

/** `name Kenya · price 12`: what one would read out of an event's properties. */
export const propertiesInLine = (properties: Readonly<Record<string, unknown>>): string =>
  Object.entries(properties)
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
    .flatMap(([name, value]) => {
      const text = plain(value);
      return text === undefined ? [] : [`${name} ${text}`];
    })
    .slice(0, TOLD_PROPERTIES)
    .join(" · ");
