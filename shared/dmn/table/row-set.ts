/** A set of rows, as bits. */
export type RowSet = Int32Array;

export function isEmpty(rows: RowSet): boolean {
  return rows.every((word) => word === 0);
}

/** The rows `first` to `end`, `end` exclusive. */
export function rowRange(first: number, end: number, words: number): RowSet {
  const rows = new Int32Array(words);
  for (let row = first; row < end; row += 1) rows[row >>> 5] = (rows[row >>> 5] ?? 0) | (1 << (row & 31));
  return rows;
}

/** The rows that are also among those of one case of a column. */
export function intersect(rows: RowSet, masks: Int32Array, index: number): RowSet {
  const words = rows.length;
  return rows.map((word, at) => word & (masks[index * words + at] ?? 0));
}

/** The rows of any of these cases. */
export function unionOfCases(masks: Int32Array, cases: readonly number[], words: number): RowSet {
  const rows = new Int32Array(words);
  for (const index of cases) {
    for (let at = 0; at < words; at += 1) rows[at] = (rows[at] ?? 0) | (masks[index * words + at] ?? 0);
  }
  return rows;
}

/** The numbers of the rows in the set. */
export function rowsIn(rows: RowSet): number[] {
  const found: number[] = [];
  rows.forEach((word, at) => {
    for (let bits = word; bits !== 0; bits &= bits - 1) found.push(at * 32 + 31 - Math.clz32(bits & -bits));
  });
  return found;
}
