/** So much of a mail's text is looked at, in characters: an event holds less. */
const MOST_READ = 64 * 1024;
/** So many lines are looked at, and of each so much: what is longer is no line that a mail program writes. */
export const MOST_LINES = 4_000;
export const MOST_OF_LINE = 500;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text shows
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g;
const BLANKS = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** A mail's text as lines, bounded: line ends and blanks are of one kind, runs of blanks short. `isWhole` false: there was more. */
export const linesOf = (text: string): { readonly lines: readonly string[]; readonly isWhole: boolean } => {
  const read = text.slice(0, MOST_READ).replace(/\r\n?/g, "\n").replace(UNSEEN, "").replace(BLANKS, " ");
  const all = read.split("\n", MOST_LINES + 1);
  const lines = all.slice(0, MOST_LINES).map((line) => line.trimEnd().replace(/ {9,}/g, "        "));
  return { lines, isWhole: text.length <= MOST_READ && all.length <= MOST_LINES };
};
