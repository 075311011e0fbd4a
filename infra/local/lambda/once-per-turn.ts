export type Gathering<T> = {
  readonly add: (one: T) => void;
  /** Hands over at once what was gathered so far. */
  readonly flush: () => void;
};

/**
 * Gathers what one turn of the event loop has to say and hands it over together: waking another thread costs more than
 * the message itself. `setImmediate` runs in the same turn as the input that led to it, so that nothing waits.
 */
export function oncePerTurn<T>(deliver: (gathered: readonly T[]) => void): Gathering<T> {
  let gathered: T[] = [];
  const flush = (): void => {
    if (gathered.length === 0) return;
    const all = gathered;
    gathered = [];
    deliver(all);
  };
  return {
    add: (one) => {
      gathered.push(one);
      if (gathered.length === 1) setImmediate(flush);
    },
    flush,
  };
}
