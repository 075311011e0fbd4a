/** Where a number lies among sorted ends, by binary search: 2i + 1 at end i, 2i below it and above the one before. */
export function placeIn(ends: Float64Array, value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return ends[low] === value ? 2 * low + 1 : 2 * low;
}
