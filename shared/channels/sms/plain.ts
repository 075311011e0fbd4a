import { smsSize } from "./size.ts";

/** What nobody sees, and what a text costs twice as much for. */
const UNSEEN = /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u2060\ufeff]/g;
/** Every blank but the line break: those that formats put between digits, and those of typesetters. */
const BLANKS = /[^\S\n\r ]|\u2800/g;

/** Signs that the GSM alphabet lacks, by the one of it that is read the same. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ...[..."“”„‟«»″〝〞＂"].map((sign) => [sign, '"'] as const),
  ...[..."‘’‚‛‹›′´`ʼ＇"].map((sign) => [sign, "'"] as const),
  ...[..."‐‑‒–—―−﹣－"].map((sign) => [sign, "-"] as const),
  ["…", "..."],
  ["•", "-"],
  ["·", "."],
  ["⁄", "/"],
  ["∕", "/"],
]);
const TWINNED = new RegExp(`[${[...TWINS.keys()].join("")}]`, "g");

/**
 * A text in the GSM alphabet where nothing but blanks and typographic signs keep it from that: one other character, and
 * a part holds 70 characters instead of 160. Where letters need more anyway it stays as it was written.
 */
export const plainText = (text: string): string => {
  if (smsSize(text).encoding === "GSM-7") return text;
  const plain = text
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(BLANKS, " ")
    .replace(TWINNED, (sign) => TWINS.get(sign) ?? sign);
  return smsSize(plain).encoding === "GSM-7" ? plain : text;
};
