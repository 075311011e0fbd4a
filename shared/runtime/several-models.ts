import type { LearntModels } from "#ports/learning-store.ts";

/** Those who are known and those who are not are decided about by turns; of a version that is gone nothing is kept. */
const KEPT = 2;

/**
 * A copy of each model that a process asks for by turns, so that one does not push the other out.
 * @param copyOf makes a copy of one model
 */
export const severalModels = (copyOf: () => LearntModels): LearntModels => {
  const copies = new Map<string | undefined, LearntModels>();
  return {
    current: (...asked) => {
      const [learning] = asked;
      const copy = copies.get(learning?.model) ?? copyOf();
      copies.delete(learning?.model);
      copies.set(learning?.model, copy);
      const [oldest] = copies.keys();
      if (copies.size > KEPT) copies.delete(oldest);
      return copy.current(...asked);
    },
  };
};
