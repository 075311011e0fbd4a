import type { TextSize } from "../definition/definition.ts";

/** GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1). An extended character takes two septets. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** One part alone, and one part of several: the header that joins them takes 6 octets (3GPP TS 23.040, 9.2.3.24.1). */
const SINGLE = { "GSM-7": 160, "UCS-2": 70 } as const;
const JOINED = { "GSM-7": 153, "UCS-2": 67 } as const;

const isGsm = (character: string): boolean => BASIC.has(character) || EXTENDED.has(character);

/** A character never straddles two parts: neither an escape pair nor a surrogate pair may be cut. */
const countParts = (sizes: readonly number[], capacity: number): number => {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
};

/** How the networks will carry a text: what it costs and what a sending rate counts. */
export function smsSize(text: string): TextSize {
  const characters = [...text];
  const encoding = characters.every(isGsm) ? "GSM-7" : "UCS-2";
  const foreign = [...new Set(characters.filter((character) => !isGsm(character)))];
  const sizes = characters.map((character) =>
    encoding === "UCS-2" ? character.length : EXTENDED.has(character) ? 2 : 1,
  );
  const units = sizes.reduce((sum, size) => sum + size, 0);
  return {
    encoding,
    foreign,
    units,
    parts: units <= SINGLE[encoding] ? 1 : countParts(sizes, JOINED[encoding]),
  };
}
