import { parseTemporal } from "../temporal/parse.ts";
import type { Node } from "./ast.ts";

/** The grammar lets white space stand between the sign and the digits. */
export function readNumber(source: string): number | null {
  const value = Number(source.replace(/\s+/g, ""));
  return Number.isFinite(value) ? value : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

/** Reads `"..."` with its escapes (DMN 1.5, 10.3.1.2, rules 64-66): \uXXXX and \UXXXXXX besides the short ones. */
export function readString(source: string): string {
  const body = source.slice(1, -1);
  if (!body.includes("\\")) return body;
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/gs,
    (whole, short: string | undefined, long: string | undefined, char: string | undefined) => {
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      if (long !== undefined) {
        const point = Number.parseInt(long, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      return ESCAPES[char ?? ""] ?? whole;
    },
  );
}

/** `@"..."`: a date, time, date and time or duration; any other text is an error (DMN 1.5, 10.3.2.3.10). */
export function readAtLiteral(text: string, { from, to }: { from: number; to: number }): Node {
  if (parseTemporal(text) !== null) return { kind: "temporal", text, from, to };
  return { kind: "invalid", message: "neither date, time nor duration", from, to };
}
