import { join } from "node:path";
import { build } from "esbuild";
import { parser, trackVariables } from "lezer-feel";
import type { Grammar } from "#feel/lr/grammar.ts";
import type { StrictParser } from "#feel/lr/parse.ts";
import { tablesWithoutDriver } from "#infra/bundle.ts";

export type Top = "Expression" | "Expressions" | "UnaryTests";
export const TOPS: readonly Top[] = ["Expression", "Expressions", "UnaryTests"];

/** Names in scope, as lezer-feel's context tracker takes them. */
export interface Names {
  readonly [name: string]: Names | 1;
}

interface TreeLike {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: TreeLike | null;
  readonly lastChild: TreeLike | null;
  readonly nextSibling: TreeLike | null;
}

/** The whole tree on one line: `List@0-3([@0-1 NumericLiteral@1-2 ]@2-3)`. Without recursion: chains are deep. */
export function written(root: TreeLike): string {
  const pieces: string[] = [];
  const open: (TreeLike | string)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") {
      pieces.push(next);
      continue;
    }
    pieces.push(` ${next.name}@${next.from}-${next.to}`);
    const children: TreeLike[] = [];
    for (let child = next.firstChild; child; child = child.nextSibling) children.push(child);
    const last = children.at(-1);
    if (last?.from !== next.lastChild?.from || last?.name !== next.lastChild?.name)
      throw new Error(`the last child of ${next.name}@${next.from}-${next.to} is not its last`);
    if (children.length > 0) open.push(")", ...children.reverse(), "(");
  }
  return pieces.join("");
}

function outcome(read: () => TreeLike): string {
  try {
    return written(read());
  } catch (error) {
    return String(error);
  }
}

/** Past these marks of its own, lezer's driver begins to repair even where it is told to be strict. */
const DEEPEST_STACK = 8400;
const MOST_LARGE_REDUCTIONS = 300;

/** Steps of lezer's driver can be watched from outside; what is looked at here is not part of its declared interface. */
function repairs(parse: object): boolean {
  if (!("bigReductionCount" in parse) || !("stacks" in parse) || !Array.isArray(parse.stacks))
    throw new Error("lezer's driver has no marks to look at any more");
  const { stacks } = parse;
  return (
    Number(parse.bigReductionCount) > MOST_LARGE_REDUCTIONS ||
    stacks.some(({ stack }: { stack: readonly number[] }) => stack.length >= DEEPEST_STACK - 300)
  );
}

/** Making a table of names takes longer than most parses. */
function remembered<T extends object>(make: (names: Names) => T): (names: Names) => T {
  const known = new WeakMap<Names, T>();
  return (names) => {
    const made = known.get(names) ?? make(names);
    known.set(names, made);
    return made;
  };
}

const trackerOf = remembered((names) => trackVariables(names));

/** What lezer's own driver makes of a text: the tree or the error, or null where it began to repair. */
export function byLezer(text: string, top: Top, names: Names): string | null {
  const strict = parser.configure({ top, strict: true, contextTracker: trackerOf(names) });
  const parse = strict.startParse(text);
  let isRepaired = false;
  const made = outcome(() => {
    for (;;) {
      const tree = parse.advance();
      if (tree !== null) return tree.topNode;
      isRepaired ||= repairs(parse);
    }
  });
  return isRepaired ? null : made;
}

export interface Driver {
  readonly grammar: Grammar;
  readonly parse: (text: string, top: Top, names: Names) => string;
}

interface Shipped {
  readonly parser: object;
  readonly trackVariables: (names: Names) => object;
  readonly StrictParser: typeof StrictParser;
  readonly grammarOf: (parser: object) => Grammar;
}

function driver({
  parser: carrier,
  trackVariables: track,
  StrictParser: Parser,
  grammarOf,
}: Shipped): Driver {
  const strict = new Parser(carrier);
  const trackerIn = remembered(track);
  return {
    grammar: grammarOf(carrier),
    parse: (text, top, names) => outcome(() => strict.parse(text, top, trackerIn(names))),
  };
}

const SHIPPED = `
export { parser, trackVariables } from "lezer-feel";
export { StrictParser } from "./shared/feel/lr/parse.ts";
export { grammarOf } from "./shared/feel/lr/grammar.ts";`;

/** Our driver with lezer-feel bundled as the functions are, or without the plugin: with lezer's own classes. */
export async function ourDriver(bundled: "as shipped" | "on lezer's classes"): Promise<Driver> {
  const { outputFiles } = await build({
    stdin: { contents: SHIPPED, resolveDir: join(import.meta.dirname, "../../.."), loader: "ts" },
    plugins: bundled === "as shipped" ? [tablesWithoutDriver] : [],
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const module: Shipped = await import(`data:text/javascript;base64,${code}`);
  return driver(module);
}
