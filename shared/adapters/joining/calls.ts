type Waiting<Ask, Answer> = {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
};

/** Fills calls one after another; an ask that alone is too large for a call makes one by itself. */
const packed = <Ask, Answer>(
  waiting: readonly Waiting<Ask, Answer>[],
  sizeOf: (ask: Ask) => number,
  capacity: number,
): readonly Waiting<Ask, Answer>[][] => {
  const calls: Waiting<Ask, Answer>[][] = [];
  let room = 0;
  for (const one of waiting) {
    const size = sizeOf(one.ask);
    const last = calls.at(-1);
    if (last === undefined || size > room) {
      calls.push([one]);
      room = capacity - size;
    } else {
      last.push(one);
      room -= size;
    }
  }
  return calls;
};

/**
 * Makes one call of what several ask for at the same time: within one turn of the event loop, or within `waitMs`. What
 * each gets is what it would have got alone. A joint call that fails is made again for each alone, so that a failure
 * reaches only those whose it is; the call must therefore bear repetition.
 * @param call answers in the order of the asks
 * @param capacity what one call takes, in the terms of `sizeOf`
 */
export const joinCalls = <Ask, Answer>(options: {
  readonly call: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  readonly sizeOf: (ask: Ask) => number;
  readonly capacity: number;
  readonly waitMs?: number;
}): ((ask: Ask) => Promise<Answer>) => {
  const { call, sizeOf, capacity, waitMs } = options;
  let waiting: Waiting<Ask, Answer>[] = [];

  const make = async (asked: readonly Waiting<Ask, Answer>[]): Promise<void> => {
    try {
      const answers = await call(asked.map(({ ask }) => ask));
      for (const [index, answer] of answers.entries()) asked[index]?.resolve(answer);
    } catch (error) {
      if (asked.length === 1) asked[0]?.reject(error);
      else await Promise.all(asked.map((one) => make([one])));
    }
  };

  const flush = (): void => {
    const asked = waiting;
    waiting = [];
    for (const some of packed(asked, sizeOf, capacity)) void make(some);
  };

  return (ask) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) {
        if (waitMs === undefined) setImmediate(flush);
        else setTimeout(flush, waitMs);
      }
      waiting.push({ ask, resolve, reject });
    });
};
