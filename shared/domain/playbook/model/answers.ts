/** Something that agents say often: its words wait to be filled in, looked over and sent. */
export type CannedAnswer = {
  readonly name: string;
  /** What agents look for it by. */
  readonly title: string;
  /** Offered first where a conversation is about one of these. */
  readonly topics: readonly string[];
  /** BCP 47 locale -> Liquid. */
  readonly words: Readonly<Record<string, string>>;
  readonly file: string;
};

/** What the words of a canned answer may name, beside the customer and the brand. */
export const ANSWER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  conversation: ["topic", "channel", "team", "openedAt", "waitingSince", "subject"],
  agent: ["name"],
};

/** Roots of the words of a canned answer. */
export const ANSWER_ROOTS: readonly string[] = ["customer", ...Object.keys(ANSWER_FIELDS), "brand", "now"];
