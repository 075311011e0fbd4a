import { MOST_OF_LINE } from "./lines.ts";
import { OPENERS, WROTE } from "./words.ts";

/** Lines that name whose mail is quoted, from the first to behind the last. `isSure`: even where no marked line follows. */
export type Span = { readonly from: number; readonly to: number; readonly isSure: boolean };

/** Programs break such a line at most so often. */
const MOST_LINES_OF_IT = 3;

const ADDRESS = /[^\s<>@]{1,64}@[^\s<>@]{1,255}/u;
const YEAR = /(?:19|20)\d\d/;
const CLOCK = /\d{1,2}[:.hH時点]\s?\d{2}/u;
/** Japanese and Chinese programs name no verb: a date, then whose it is. */
const DATE_FIRST = /^(?:19|20)\d\d\s?(?:[年/.-]|년)/u;

/** Lines that may be one are looked at so often in a mail: no letter has as many. */
const MOST_LOOKED_AT = 200;
/** How a line ends that names whose mail follows. */
const ENDS_ONE = /(?:[:：]|wrote -{2,})$/iu;

type Judged = "no" | "likely" | "sure";

const judged = (text: string): Judged => {
  if (!/\d/.test(text)) return "no";
  const lower = text.toLowerCase();
  const hasAddress = ADDRESS.test(lower);
  const hasMoment = YEAR.test(lower) && CLOCK.test(lower);
  const namesWriting = WROTE.some((verb) => lower.includes(verb));
  if (namesWriting && (hasAddress || hasMoment)) return "sure";
  if (hasAddress && DATE_FIRST.test(lower)) return "sure";
  return namesWriting ? "likely" : "no";
};

const startsOne = (line: string): boolean => {
  const lower = line.toLowerCase();
  return OPENERS.some((opener) => lower.startsWith(opener)) && /\d|,$/.test(line);
};

/** The lines that name whose mail is quoted, where they end at a line; null: they do not. */
const spanEndingAt = (lines: readonly string[], at: number): Span | null => {
  let text = "";
  for (let from = at; from >= 0 && from > at - MOST_LINES_OF_IT; from -= 1) {
    const line = (lines[from] ?? "").trim().slice(0, MOST_OF_LINE);
    if (line === "") return null;
    text = `${line} ${text}`.trim();
    const is = judged(text);
    if (is === "no") continue;
    const above = (lines[from - 1] ?? "").trim();
    const isBroken = at - from + 1 < MOST_LINES_OF_IT && !startsOne(line) && startsOne(above);
    return { from: isBroken ? from - 1 : from, to: at + 1, isSure: is === "sure" };
  }
  return null;
};

/** Lines that name whose mail is quoted, by the last of each. */
export const attributionsIn = (lines: readonly string[]): ReadonlyMap<number, Span> => {
  const found = new Map<number, Span>();
  const candidates = lines
    .flatMap((line, at) => (ENDS_ONE.test(line.trim().slice(-MOST_OF_LINE)) ? [at] : []))
    .slice(0, MOST_LOOKED_AT);
  for (const at of candidates) {
    const span = spanEndingAt(lines, at);
    if (span !== null) found.set(at, span);
  }
  return found;
};
