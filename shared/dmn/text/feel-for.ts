import { FeelSyntaxError, testsTreeOf, treeOf } from "#feel/index.ts";

/** What other expression languages write, and FEEL's word for it. Longer ones come first. */
const WORDS: readonly (readonly [written: RegExp, feel: string])[] = [
  [/\bcellInput\b/g, "?"],
  [/!==|!=|\bne\b/g, "!="],
  [/===|==|\beq\b/g, "="],
  [/\ble\b/g, "<="],
  [/\bge\b/g, ">="],
  [/\blt\b/g, "<"],
  [/\bgt\b/g, ">"],
  [/&&/g, " and "],
  [/\|\|/g, " or "],
  [/\b(?:not\s+)?empty\s+([\w.]+)/g, "$1 = null"],
  [/!\s*([\w.]+)/g, "not($1)"],
];

/** Only what means the same in FEEL once the words are changed: no calls of methods, no statements. */
const NOT_SIMPLE =
  /\.\w+\s*\(|[;{}%]|=>|\b(?:return|var|let|const|def|new|import|function|not\s+empty)\b|\+\+|--|(?<![<>=!])=(?!=)/;

const STRINGS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/**
 * What FEEL writes for a text in JUEL, Groovy or a script; undefined where that is not simple.
 *
 * @example feelFor("${age >= 18 && tier == 'gold'}") // 'age >= 18 and tier = "gold"'
 */
export function feelFor(text: string): string | undefined {
  const inside = /^[$#]\{(.*)\}$/s.exec(text.trim())?.[1] ?? text.trim();
  const strings: string[] = [];
  const bare = inside.replace(STRINGS, (string) => {
    strings.push(`"${string.slice(1, -1).replaceAll('"', '\\"')}"`);
    return `"${strings.length - 1}"`;
  });
  if (bare === "" || NOT_SIMPLE.test(bare)) return undefined;
  const worded = WORDS.reduce((words, [written, feel]) => words.replace(written, feel), bare);
  const chosen = worded.replace(/^([^?:]+[^?:\s])\s*\?([^?:]+):([^?:]+)$/, "if $1 then$2 else$3");
  const feel = chosen.replace(/"(\d+)"/g, (_, index) => strings[Number(index)] ?? "");
  const spaced = feel.replace(/\s+/g, " ").trim();
  return isFeelText(spaced) ? spaced : undefined;
}

function isFeelText(text: string): boolean {
  try {
    if (text.includes("?")) testsTreeOf(text, {});
    else treeOf(text, {});
    return true;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return false;
    throw error;
  }
}
