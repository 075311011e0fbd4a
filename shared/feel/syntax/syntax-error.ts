import { slipAt } from "./slips.ts";

interface Explanation {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly expected?: string;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Says in the author's words what is wrong with a text that did not parse. */
export function explainSyntax(text: string, furthest: number): Explanation {
  const end = text.trimEnd().length;
  if (end === 0)
    return { message: "the expression is empty", from: 0, to: text.length, expected: "an expression" };
  const plain = withoutStrings(text);
  const unclosed = plain.indexOf('"');
  if (unclosed !== -1) {
    return { message: "a string is not closed", from: unclosed, to: text.length, expected: '"' };
  }
  const bracket = unbalanced(plain);
  const position = Math.min(furthest, end);
  if (bracket && (bracket.from <= position || position >= end)) return bracket;
  if (position >= end) {
    return { message: "the expression ends too early", from: end, to: end, expected: "an expression" };
  }
  const rest = text.slice(position);
  const from = position + rest.length - rest.trimStart().length;
  const token = /^(?:"(?:[^"\\]|\\.)*"|[\p{L}\p{N}_]+|[<>=!*.]+|.)/su.exec(rest.trimStart())?.[0] ?? "";
  const slip = slipAt(text, from);
  if (slip === null) return { message: unexpected(token), from, to: from + token.length };
  const { meant: expected, ...place } = slip;
  return { message: unexpected(text.slice(place.from, place.to)), expected, ...place };
}

function unexpected(token: string): string {
  return `unexpected ${JSON.stringify(token)}`;
}

/** Blanks the strings, but for one that is not closed. */
function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*("?)/gs, (string, end) => (end ? " ".repeat(string.length) : string));
}

/** FEEL writes open intervals as `]1..3[`, so only round brackets and braces can be told to be unbalanced. */
function unbalanced(text: string): Explanation | null {
  const open: { bracket: string; from: number }[] = [];
  for (let index = 0; index < text.length; index++) {
    const bracket = text[index] ?? "";
    if (bracket === "(" || bracket === "{") open.push({ bracket, from: index });
    else if (bracket === ")" && text.slice(0, index).includes("..")) open.pop();
    else if (bracket === ")" || bracket === "}") {
      if (open.pop() !== undefined) continue;
      return { message: `"${bracket}" closes nothing`, from: index, to: index + 1 };
    }
  }
  const last = open.at(-1);
  if (!last || text.includes("..")) return null;
  const expected = CLOSING[last.bracket] ?? "";
  return { message: `"${last.bracket}" is not closed`, from: last.from, to: last.from + 1, expected };
}
