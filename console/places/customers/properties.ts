/** What is told beside an event: its first few plain properties. */
const TOLD_PROPERTIES = 3;
const LONGEST_VALUE = 60;

const short = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1).trimEnd()}…`;

/** A value that stands in a line of text; undefined for what does not. */
export const plain = (value: unknown): string | undefined => {
  if (typeof value === "string") return value === "" ? undefined : short(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

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
