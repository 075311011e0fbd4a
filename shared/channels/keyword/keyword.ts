import { folded, MOST_READ } from "./folded.ts";
import { HELP, NOT_MEANT, POLITE, REVOCATIONS, START, STOP } from "./phrases.ts";

/** What somebody wants who writes a word that the law knows. `revocation`: they said stop in words of their own. */
export type Keyword = "stop" | "start" | "help" | "revocation";

const ALONE: ReadonlyMap<string, Keyword> = new Map([
  ...STOP.map((phrase) => [phrase, "stop"] as const),
  ...START.map((phrase) => [phrase, "start"] as const),
  ...HELP.map((phrase) => [phrase, "help"] as const),
]);

const POLITE_WORDS = POLITE.toSorted((one, other) => other.length - one.length);

/** A folded text without what is said out of politeness, at its ends. */
export const withoutPoliteness = (text: string): string => {
  const word = POLITE_WORDS.find((one) => text.startsWith(`${one} `) || text.endsWith(` ${one}`));
  if (word === undefined) return text;
  const rest = text.startsWith(`${word} `) ? text.slice(word.length + 1) : text.slice(0, -word.length - 1);
  return withoutPoliteness(rest);
};

/** What a text of a customer asks for by law; null: nothing that must be honoured without being read. */
export const keywordIn = (text: string): Keyword | null => {
  const plain = folded(text);
  const alone = ALONE.get(plain) ?? ALONE.get(withoutPoliteness(plain));
  if (alone !== undefined) return alone;
  return sentencesOf(text).some(isRevocation) ? "revocation" : null;
};

/** "When does it stop? Text me" is no wish. */
const sentencesOf = (text: string): readonly string[] =>
  text
    .slice(0, MOST_READ)
    .split(/[.!?;\n]+/)
    .map(folded);

const isRevocation = (sentence: string): boolean =>
  REVOCATIONS.some((pattern) => pattern.test(sentence)) &&
  !NOT_MEANT.some((pattern) => pattern.test(sentence));
