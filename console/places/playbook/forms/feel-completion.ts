import { FEEL_FUNCTIONS } from "./feel-functions.ts";

/** A name that may stand at a place of a rule. */
export type Suggestion = {
  readonly name: string;
  readonly kind: "name" | "function";
  /** What it is: a type, parameters, words of the playbook. */
  readonly about: string;
};

/** What a rule can name: functions and names by themselves, and what stands behind `customer.` and the like. */
export type KnownNames = {
  readonly roots: Readonly<Record<string, readonly Suggestion[]>>;
  readonly decisions: readonly Suggestion[];
  /** Values, as FEEL writes them: `"gold"`. */
  readonly values?: readonly Suggestion[];
};

export type Completion = {
  /** Where what was typed of the name begins. */
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
};

const NONE: Completion = { from: 0, suggestions: [] };
/** Nobody looks through more. */
const MOST = 12;

const FUNCTIONS: readonly Suggestion[] = FEEL_FUNCTIONS.map(({ name, parameters }) => ({
  name,
  kind: "function",
  about: parameters,
}));

/** Names that begin with what was typed first, then those that hold it. */
const fitting = (all: readonly Suggestion[], typed: string): readonly Suggestion[] => {
  const wanted = typed.toLowerCase();
  const begins = all.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const holds = wanted.length < 2 ? [] : all.filter(({ name }) => name.toLowerCase().indexOf(wanted) > 0);
  const found = [...begins, ...holds];
  // A name that stands there whole needs no list.
  return found.length === 1 && found[0]?.name === typed ? [] : found.slice(0, MOST);
};

/** Where the text in quotes begins in which the caret stands; -1 where it stands in none. */
const textBegin = (before: string): number => {
  const quotes = [...before.replaceAll('\\"', "  ").matchAll(/"/g)];
  return quotes.length % 2 === 1 ? (quotes.at(-1)?.index ?? -1) : -1;
};

/** Names may hold blanks: the last three words, then two, then one are looked for. */
const WORDS = [3, 2, 1] as const;
const lastWords = (count: number): RegExp =>
  new RegExp(
    `(?:^|[^\\p{L}\\p{N}_.$])((?:[\\p{L}_$][\\p{L}\\p{N}_$]* ){${count - 1}}[\\p{L}_$][\\p{L}\\p{N}_$]*)$`,
    "u",
  );

/**
 * What may be meant at the caret of a rule; nothing where no name can stand, or where one stands whole.
 * @param isAsked somebody asks for the list: it is there before a letter is typed, too
 */
export const completionAt = (text: string, caret: number, known: KnownNames, isAsked = false): Completion => {
  const before = text.slice(0, caret);
  const { values = [] } = known;
  const begin = textBegin(before);
  if (begin !== -1) return { from: begin, suggestions: fitting(values, before.slice(begin)) };
  const member = /(?:^|[^\p{L}\p{N}_.$])([\p{L}_$][\p{L}\p{N}_$]*)\.([\p{L}\p{N}_$ ]*)$/u.exec(before);
  if (member !== null) {
    const [, root = "", typed = ""] = member;
    const members = Object.hasOwn(known.roots, root) ? (known.roots[root] ?? []) : [];
    const suggestions = fitting(members, typed);
    if (suggestions.length > 0) return { from: caret - typed.length, suggestions };
  }
  const roots = Object.keys(known.roots).map((name): Suggestion => ({ name, kind: "name", about: "" }));
  const all = [...values, ...roots, ...known.decisions, ...FUNCTIONS];
  for (const count of WORDS) {
    const typed = lastWords(count).exec(before)?.[1];
    if (typed === undefined) continue;
    const suggestions = fitting(all, typed);
    if (suggestions.length > 0) return { from: caret - typed.length, suggestions };
  }
  const isBegun = /[\p{L}\p{N}_$."]$/u.test(before);
  return isAsked && !isBegun ? { from: caret, suggestions: [...values, ...roots].slice(0, MOST) } : NONE;
};

/** The rule with a suggestion taken, and where one goes on: within the brackets of a function. */
export const taken = (
  text: string,
  caret: number,
  from: number,
  { name, kind, about }: Suggestion,
): { readonly text: string; readonly caret: number } => {
  const rest = text.slice(caret);
  // A text whose end stands there already is not ended twice.
  const after = name.endsWith('"') && rest.startsWith('"') ? rest.slice(1) : rest;
  const brackets = kind === "name" || after.startsWith("(") ? "" : "()";
  const isOpen = brackets !== "" && about !== "()";
  const end = from + name.length + (isOpen ? 1 : brackets.length);
  return { text: `${text.slice(0, from)}${name}${brackets}${after}`, caret: end };
};
