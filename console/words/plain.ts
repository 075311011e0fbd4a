const LONGEST_VALUE = 60;

const short = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1).trimEnd()}…`;

/** A value that stands in a line of text; undefined for what does not. */
export const plain = (value: unknown): string | undefined => {
  if (typeof value === "string") return value === "" ? undefined : short(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};
