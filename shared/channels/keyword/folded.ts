/** Longer texts than this are looked at in their beginning. */
export const MOST_READ = 2_000;

/** Lower case without accents, signs and pictures, words apart by one blank: `« Arrêt ! »` is `arret`. */
export const folded = (text: string): string =>
  text
    .slice(0, MOST_READ)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
