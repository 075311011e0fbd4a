/** Mean rewards by choice, as far as the log has been read: plain data, so that a simulation may stop and go on. */
export type Guesses = {
  readonly n: number;
  readonly sum: number;
  readonly choices: Readonly<Record<string, { readonly n: number; readonly sum: number }>>;
};

export const NO_GUESSES: Guesses = { n: 0, sum: 0, choices: {} };

/** How many samples the mean over all choices counts for beside a choice's own samples. */
const SHARED = 20;

/**
 * The reward to expect of a choice, drawn towards the mean of all where it was seldom made. Made of samples read before
 * the one it is used for, so that the doubly robust estimate stays unbiased however wrong the guess is.
 */
export const guess = ({ n, sum, choices }: Guesses, choice: string): number => {
  const all = n === 0 ? 0 : sum / n;
  const own = Object.hasOwn(choices, choice) ? choices[choice] : undefined;
  return own === undefined ? all : (own.sum + SHARED * all) / (own.n + SHARED);
};

/** The guesses after one more sample. */
export const learnGuess = (guesses: Guesses, choice: string, reward: number): Guesses => {
  const own = Object.hasOwn(guesses.choices, choice) ? guesses.choices[choice] : undefined;
  return {
    n: guesses.n + 1,
    sum: guesses.sum + reward,
    choices: { ...guesses.choices, [choice]: { n: (own?.n ?? 0) + 1, sum: (own?.sum ?? 0) + reward } },
  };
};
