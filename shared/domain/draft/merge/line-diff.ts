/** Lines `from` to `end` of the one text became lines `otherFrom` to `otherEnd` of the other; ends are exclusive, from 0. */
export type Hunk = {
  readonly from: number;
  readonly end: number;
  readonly otherFrom: number;
  readonly otherEnd: number;
};

/** More differences than this are told as one: nobody reads them, and finding them would take seconds. */
const MOST_DIFFERENCES = 1_500;

/** The lines of a text, each with its line break, so that joined they are the text. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Where two lists of lines differ, in order (Myers, "An O(ND) Difference Algorithm", 1986). */
export const diffLines = (before: readonly string[], after: readonly string[]): readonly Hunk[] => {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  const [end, otherEnd] = [before.length - same, after.length - same];
  const kept = commonLines(before.slice(start, end), after.slice(start, otherEnd)).map(
    ([index, other]) => [index + start, other + start] as const,
  );
  return gapsBetween(kept, { start, end, otherEnd });
};

type Pair = readonly [index: number, other: number];

const gapsBetween = (
  kept: readonly Pair[],
  { start, end, otherEnd }: { readonly start: number; readonly end: number; readonly otherEnd: number },
): readonly Hunk[] => {
  const hunks: Hunk[] = [];
  let [from, otherFrom] = [start, start];
  for (const [index, other] of [...kept, [end, otherEnd] as const]) {
    if (index > from || other > otherFrom) hunks.push({ from, end: index, otherFrom, otherEnd: other });
    from = index + 1;
    otherFrom = other + 1;
  }
  return hunks;
};

/** Pairs of lines that are the same in both, rising, as many as can be; none where too much differs. */
const commonLines = (before: readonly string[], after: readonly string[]): readonly Pair[] => {
  const reach = Math.min(before.length + after.length, MOST_DIFFERENCES);
  const furthest = new Int32Array(2 * reach + 3);
  const trace: Int32Array[] = [];
  for (let depth = 0; depth <= reach; depth += 1) {
    trace.push(furthest.slice(reach + 1 - depth - 1, reach + 1 + depth + 2));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const at = reach + 1 + diagonal;
      const isDown =
        diagonal === -depth || (diagonal !== depth && (furthest[at - 1] ?? 0) < (furthest[at + 1] ?? 0));
      let x = isDown ? (furthest[at + 1] ?? 0) : (furthest[at - 1] ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest[at] = x;
      if (x >= before.length && x - diagonal >= after.length)
        return walkBack(trace, before.length, after.length);
    }
  }
  return [];
};

/** The way back through the furthest places of each depth; each is kept from diagonal `-depth - 1` on. */
const walkBack = (trace: readonly Int32Array[], length: number, otherLength: number): readonly Pair[] => {
  const pairs: Pair[] = [];
  let [x, y] = [length, otherLength];
  for (let depth = trace.length - 1; depth >= 0; depth -= 1) {
    const furthest = trace[depth] ?? new Int32Array();
    const at = (diagonal: number): number => furthest[diagonal + depth + 1] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -depth || (diagonal !== depth && at(diagonal - 1) < at(diagonal + 1));
    const before = isDown ? diagonal + 1 : diagonal - 1;
    const from = depth === 0 ? 0 : at(before);
    const other = depth === 0 ? 0 : from - before;
    while (x > from && y > other) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    x = from;
    y = other;
  }
  return pairs.reverse();
};
