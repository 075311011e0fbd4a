/** The text is not well-formed; `at` is an offset into it. */
export class XmlProblem extends Error {
  readonly at: number;
  readonly code: "xml" | "limit";

  constructor(at: number, message: string, code: "xml" | "limit" = "xml") {
    super(message);
    this.name = "XmlProblem";
    this.at = at;
    this.code = code;
  }
}

/** A qualified name, at `lastIndex` (Namespaces in XML 1.0, with the letters of Unicode for those it lists). */
export const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*)?/uy;

const SPACE = /[ \t\r\n]*/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Characters that XML 1.0 does not allow (2.2), whether written or referred to. */
export const FORBIDDEN = /[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|[\ufffe\uffff]/u;

/** The first offset from `at` on that is no white space. */
export function skipSpace(source: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(source);
  return SPACE.lastIndex;
}

/** The offset behind the next `mark`; `what`, which began at `at`, ends there. */
export function endOf(
  source: string,
  mark: string,
  from: number,
  { at, what }: { readonly at: number; readonly what: string },
): number {
  const found = source.indexOf(mark, from);
  if (found === -1) throw new XmlProblem(at, `${what} is not closed`);
  return found + mark.length;
}

/** Line ends as XML hands them on (2.11). */
export function normalizeLines(raw: string, at: number): string {
  const forbidden = FORBIDDEN.exec(raw);
  if (forbidden !== null) throw new XmlProblem(at + forbidden.index, "a character that XML does not allow");
  return raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
}

/** The text with its references resolved: the five entities of XML itself, and characters by number. */
export function resolveReferences(raw: string, at: number): string {
  const text = normalizeLines(raw, at);
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&<]{0,40};)?/g, (written: string, body: string | undefined, index: number) => {
    const character = body === undefined ? undefined : referred(body.slice(0, -1));
    if (character === undefined)
      throw new XmlProblem(at + index, `\`${written}\` is no reference that XML knows`);
    return character;
  });
}

function referred(name: string): string | undefined {
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (number === null) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : "\0";
  return FORBIDDEN.test(character) ? undefined : character;
}
