import type { LRParser } from "@lezer/lr";
import { type TreeNode, TreeProblem } from "./tree.ts";

/** What lezer counts in a parse under way, undeclared: hence @lezer/lr is pinned, and tests hold both counts. */
interface Counts {
  bigReductionCount: number;
  readonly stacks: readonly { readonly stack: readonly unknown[] }[];
}

/** Lezer closes by force what is 8,400 numbers deep, three for a symbol; one step adds fewer than are left. */
const DEEPEST = 8_370;

/**
 * The tree of the whole text, or the offset behind which nothing fits. Lezer is made for editors, which walk trees
 * recursively: even its strict parser closes by force a chain of 300 operations on more than 2,000 characters, and what
 * is 2,800 symbols deep, as if the text ended there. Here a chain goes on, and what is too deep is refused by name.
 *
 * @throws {TreeProblem} `too-deep`
 */
export function strictParse(strict: LRParser, text: string): TreeNode | number {
  const parse = strict.startParse(text);
  if (!isCounting(parse))
    throw new TypeError("this version of @lezer/lr does not count what a parse has open");
  for (;;) {
    const tree = step(parse);
    if (tree !== null) return typeof tree === "number" ? tree : tree.topNode;
    parse.bigReductionCount = 0;
    if (parse.stacks.every(({ stack }) => stack.length <= DEEPEST)) continue;
    const from = parse.parsedPos;
    throw new TreeProblem("too-deep", "nested too deeply", { from, to: from + 1 });
  }
}

function isCounting<T extends object>(parse: T): parse is T & Counts {
  return "bigReductionCount" in parse && "stacks" in parse;
}

type Parse = ReturnType<LRParser["startParse"]>;

/** Null while there is more to read. */
function step(parse: Parse): ReturnType<LRParser["parse"]> | number | null {
  try {
    return parse.advance();
  } catch (error) {
    // Lezer throws a syntax error, and lezer-feel's tracker of names plain ones where a name has no parts.
    const isOfText = error instanceof Error && (error.name === "SyntaxError" || error.name === "Error");
    if (isOfText) return parse.parsedPos;
    throw error;
  }
}
