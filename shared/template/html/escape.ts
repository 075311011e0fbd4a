const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Safe in text and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** The names that mails use, and those that an address could be spelt with; every other reference is left as it stands. */
const NAMED: Readonly<Record<string, string>> = {
  colon: ":",
  sol: "/",
  bsol: "\\",
  period: ".",
  commat: "@",
  Tab: "\t",
  NewLine: "\n",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sect: "§",
  deg: "°",
  times: "×",
  shy: "",
  zwnj: "",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
};

const numbered = (digits: string, radix: number): string | undefined => {
  const code = Number.parseInt(digits, radix);
  return Number.isNaN(code) || code === 0 || code > 0x10ffff ? undefined : String.fromCodePoint(code);
};

/** Character references of HTML as the characters they stand for. Numbered ones do without their semicolon, as in browsers. */
export const unescapeHtml = (html: string): string =>
  html.replace(/&(?:#[xX]([0-9a-fA-F]+);?|#(\d+);?|([A-Za-z]{2,8});)/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return numbered(hex, 16) ?? whole;
    if (decimal !== undefined) return numbered(decimal, 10) ?? whole;
    return NAMED[name] ?? whole;
  });
