/**
 * A number in [0, 1) that depends on the seed and on what it is drawn for, and on nothing else: whoever leaves something
 * out of a run changes no other draw.
 */
export type Chance = (...what: readonly (string | number)[]) => number;

/** FNV-1a over the text, mixed by MurmurHash3's finalizer. */
export const chanceOf =
  (seed: number): Chance =>
  (...what) => {
    const text = `${seed}|${what.join("|")}`;
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };

/** One of the choices, each as likely as its weight says. */
export const pick = <T>(choices: readonly (readonly [choice: T, weight: number])[], draw: number): T => {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new Error("nothing to choose from");
};
