/** What providers sent, exactly as it came: for people who doubt what was made of it. */
export type Originals = {
  /** Keeping the same payload again changes nothing. */
  readonly keep: (key: string, payload: string) => Promise<void>;
};
