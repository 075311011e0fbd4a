import type { Scalar } from "yaml";

/**
 * Where the character at `offset` of a scalar's value stands in the file. Quotes, escapes, line folding and the
 * indentation of block scalars (YAML 1.2.2, chapters 7.3 and 8.1) make the two differ, so both are walked together.
 */
export const offsetInFile = (source: string, scalar: Scalar, value: string, offset: number): number => {
  const start = scalar.range?.[0] ?? 0;
  let place = contentStart(source, start, scalar.type);
  for (let index = 0; index < offset && place < source.length; index++) {
    place = afterCharacter(source, place, value[index] ?? "", scalar.type);
    if (isBlank(value[index])) continue;
    if (!isBlank(value[index + 1])) place = skipLineBreak(source, place, scalar.type);
  }
  return Math.min(place, scalar.range?.[1] ?? source.length);
};

const contentStart = (source: string, start: number, type: Scalar["type"]): number => {
  if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") return start + 1;
  if (type !== "BLOCK_LITERAL" && type !== "BLOCK_FOLDED") return start;
  const header = source.indexOf("\n", start);
  return header === -1 ? start : skipBlanks(source, header + 1);
};

const afterCharacter = (source: string, place: number, character: string, type: Scalar["type"]): number => {
  if (type === "QUOTE_DOUBLE" && source[place] === "\\") return place + escapeLength(source[place + 1]);
  if (type === "QUOTE_SINGLE" && character === "'") return place + 2;
  if (!isBlank(character)) return place + 1;
  // Blanks that stand for one another were already passed together with the line break before them.
  if (!isBlank(source[place])) return place;
  return source[place] === " " && source[place + 1] !== "\n" ? place + 1 : skipBlanks(source, place);
};

/** `\n` is two characters, `\x41` four, `\u0041` six, `\U00000041` ten. */
const escapeLength = (letter: string | undefined): number =>
  letter === "x" ? 4 : letter === "u" ? 6 : letter === "U" ? 10 : 2;

/** A backslash at a line's end joins the lines of a double-quoted scalar without leaving a character in the value. */
const skipLineBreak = (source: string, place: number, type: Scalar["type"]): number =>
  type === "QUOTE_DOUBLE" && source[place] === "\\" && source[place + 1] === "\n"
    ? skipBlanks(source, place + 1)
    : place;

const skipBlanks = (source: string, place: number): number => {
  let next = place;
  while (isBlank(source[next])) next += 1;
  return next;
};

const isBlank = (character: string | undefined): boolean =>
  character === " " || character === "\n" || character === "\r" || character === "\t";
