/**
 * The known name that was probably meant, or undefined: the nearest by edit distance (Damerau-Levenshtein, case ignored),
 * if at most a third of its letters differ.
 */
export const suggest = (given: string, known: Iterable<string>): string | undefined => {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(given.toLowerCase(), candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(given.length, candidate.length) / 3));
    if (distance <= allowed && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

/** `one of a, b, c`, with the probable meaning first when there is one. Long lists are cut. */
export const expectedOneOf = (given: string, known: Iterable<string>): string => {
  const names = [...known];
  if (names.length === 0) return "none is declared";
  const meant = suggest(given, names);
  const shown = names.length > 12 ? `${names.slice(0, 12).join(", ")}, ...` : names.join(", ");
  return meant === undefined ? `one of: ${shown}` : `did you mean "${meant}"? One of: ${shown}`;
};

/** Whether one word may be the other misspelt: a letter in five, or one where it is short. */
export const isNear = (one: string, other: string): boolean => {
  const allowed = Math.max(1, Math.floor(Math.min(one.length, other.length) / 5));
  return Math.abs(one.length - other.length) <= allowed && editDistance(one, other) <= allowed;
};

const LONGEST = 64;

const editDistance = (left: string, right: string): number => {
  const a = left.slice(0, LONGEST);
  const b = right.slice(0, LONGEST);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(beforeLast, j - 2) + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
};

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
