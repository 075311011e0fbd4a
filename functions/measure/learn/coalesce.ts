/**
 * Makes one call of the many that are made in one turn of the event loop: the records of a batch are worked on side by
 * side, and what they write to together is written once. All of a call's items succeed or fail together.
 * @param most items in one call
 */
export const coalesce = <T>(
  work: (items: readonly T[]) => Promise<void>,
  most: number,
): ((item: T) => Promise<void>) => {
  let waiting: { readonly item: T; readonly done: () => void; readonly failed: (error: unknown) => void }[] =
    [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += most) {
      const part = all.slice(from, from + most);
      work(part.map(({ item }) => item)).then(
        () => {
          for (const { done } of part) done();
        },
        (error: unknown) => {
          for (const { failed } of part) failed(error);
        },
      );
    }
  };
  return (item) =>
    new Promise<void>((done, failed) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, done, failed });
    });
};
