/**
 * Stands for a text that names or reaches somebody. A rule that asks whether the value is there gets the same answer; one
 * that reads the value itself cannot be replayed.
 */
export const MASKED = "(personal)";

/** `@` as it is written, in a URL (RFC 3986, escaped once or more) and in HTML. */
const AT_SIGN = /@|%(?:25)*40|&#0*64;/giu;
/** Characters that end an address. */
const PARTS_ADDRESS = /[\s"'<>()[\]{},;:=&?/\\|#@]/u;

/**
 * Masks e-mail addresses in a text, with the characters that touch them. Written by hand: a regular expression that finds
 * addresses takes quadratic time on a long text without one.
 */
const withoutMail = (text: string): string => {
  let rest = "";
  let done = 0;
  for (const { index, 0: sign } of text.matchAll(AT_SIGN)) {
    let from = index;
    let to = index + sign.length;
    while (from > done && !PARTS_ADDRESS.test(text.charAt(from - 1))) from -= 1;
    while (to < text.length && !PARTS_ADDRESS.test(text.charAt(to))) to += 1;
    if (from === index || to === index + sign.length) continue;
    rest += `${text.slice(done, from)}${MASKED}`;
    done = to;
  }
  return rest + text.slice(done);
};

const BEFORE = String.raw`(?<![\p{L}\p{N}.,])`;
const AFTER = String.raw`(?![\p{L}\p{N}])`;
const GAP = String.raw`[\s().\/-]{0,3}`;
/** International with its plus (E.164: at most 15 digits), national with its zero but for dates, North American in groups. */
const PHONES = new RegExp(
  [
    String.raw`(?:\+|%2b)${GAP}\d(?:${GAP}\d){6,14}${AFTER}`,
    String.raw`${BEFORE}(?!\d\d[./-]\d\d[./-]\d{4})\(?0\d(?:${GAP}\d){7,14}${AFTER}`,
    String.raw`${BEFORE}\(?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}${AFTER}`,
  ].join("|"),
  "giu",
);
/** Counts the digits of a text that is long enough for a number. */
const countDigits = (text: string): number =>
  text.length < FEWEST_DIGITS ? 0 : (text.match(/\d/g)?.length ?? 0);
/** Digits of the shortest number with a country code. */
const FEWEST_DIGITS = 7;

const withoutPhones = (text: string): string =>
  countDigits(text) < FEWEST_DIGITS ? text : text.replace(PHONES, MASKED);

/** Shorter texts are no address, and masking them would hide what rules read ("de", "1"). */
const SHORTEST_TEXT = 5;
/** Shorter ones are masked as words only: a login `berta` is not in `Alberta`. */
const SHORTEST_WITHIN = 8;
/** So many last digits of a customer's phone number are enough to identify it. */
const TELLING_DIGITS = 9;

const patternsOf = (value: string): string[] => {
  const escaped = [value, encodeURIComponent(value.toWellFormed())].map((text) =>
    text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`),
  );
  const written = [...new Set(escaped)].map((text) =>
    value.length < SHORTEST_WITHIN ? `(?<![\\p{L}\\p{N}])${text}${AFTER}` : text,
  );
  if (!/^\+\d{7,15}$/.test(value)) return written;
  const digits = value.slice(1).slice(-TELLING_DIGITS);
  return [...written, `[+\\d\\s().\\/-]{0,8}${[...digits].join(GAP)}`];
};

/** Whether the text may hold one of these (in lower case). Asked first, because compiling the expression takes longer. */
const mayHold = (text: string, known: readonly string[]): boolean => {
  const lower = text.toLowerCase();
  return (
    lower.includes("%") || countDigits(lower) >= FEWEST_DIGITS || known.some((one) => lower.includes(one))
  );
};

/**
 * Replaces with `MASKED` what looks like an address or a phone number, and the customer's own personal texts, however they
 * are written (upper case, in a URL, a number with gaps). Returns the same text where there is nothing to mask.
 * @param known identifiers, addresses, personal traits; those of less than five characters are left where they stand
 */
export const maskingText = (known: readonly string[]): ((text: string) => string) => {
  const telling = [...new Set(known)].filter((one) => one.length >= SHORTEST_TEXT && one !== MASKED);
  const lower = telling.map((one) => one.toLowerCase());
  let pattern: RegExp | undefined;
  const patternNow = (): RegExp =>
    new RegExp(
      telling
        .sort((a, b) => b.length - a.length)
        .flatMap(patternsOf)
        .join("|"),
      "giu",
    );
  return (text) => {
    if (text === "" || text === MASKED) return text;
    let rest = text;
    if (telling.length > 0 && mayHold(text, lower)) {
      pattern ??= patternNow();
      rest = text.replace(pattern, MASKED);
    }
    return withoutPhones(withoutMail(rest));
  };
};
