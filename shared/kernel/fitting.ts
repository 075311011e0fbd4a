/** The first of them that fit into so many bytes, as a list in JSON. */
export const fitting = <T>(items: readonly T[], bytes: number): readonly T[] => {
  let used = 1;
  return items.filter((item) => {
    used += Buffer.byteLength(JSON.stringify(item)) + 1;
    return used <= bytes;
  });
};
