/** The first of them that fit into so many bytes. */
export const fitting = <T>(items: readonly T[], bytes: number): readonly T[] => {
  let used = 0;
  return items.filter((item) => {
    used += Buffer.byteLength(JSON.stringify(item));
    return used <= bytes;
  });
};
