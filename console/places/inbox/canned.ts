import type { Calls } from "#client/api.generated.ts";

/** A canned answer, filled in for the customer. */
export type FilledAnswer = Calls["GET /v1/conversations/{id}/answers"]["answer"]["items"][number];

/** What stands in an answer where nothing is known: as the hub marks it. */
export const GAP = "___";

/** A word after a slash that begins a line or stands after a blank: what somebody looks for, and where it stands. */
export type Looking = { readonly from: number; readonly until: number; readonly words: string };

/** Past this many characters nobody looks for anything any more: it is a text with a slash in it. */
const MOST_LOOKED_FOR = 40;

/** What is looked for where the caret stands. Null: nothing is. */
export const lookingAt = (text: string, caret: number): Looking | null => {
  const found = /(?:^|\s)\/([^/\n]*)$/.exec(text.slice(0, caret));
  const words = found?.[1];
  if (words === undefined || words.length > MOST_LOOKED_FOR || /^\s/.test(words)) return null;
  return { from: caret - words.length - 1, until: caret, words };
};

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those in whose title, name or words each word stands that is looked for; those in whose title it does come first. */
export const matching = (answers: readonly FilledAnswer[], words: string): readonly FilledAnswer[] => {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const standsIn = (text: string): boolean => wanted.every((word) => plain(text).includes(word));
  const found = answers.filter(({ title, name, text }) => standsIn(`${title} ${name} ${text ?? ""}`));
  return found.toSorted((a, b) => Number(standsIn(b.title)) - Number(standsIn(a.title)));
};

/** A text with the answer in place of what was looked for, and what to mark in it: its first gap, else its end. */
export const putInto = (
  text: string,
  { from, until }: Looking,
  said: string,
): { readonly text: string; readonly marked: readonly [number, number] } => {
  const gap = said.indexOf(GAP);
  const start = from + (gap === -1 ? said.length : gap);
  return {
    text: text.slice(0, from) + said + text.slice(until),
    marked: [start, start + (gap === -1 ? 0 : GAP.length)],
  };
};
