import type { SyntaxTree, UnaryTestsTree } from "#feel/index.ts";
import { compileDefinitions } from "./compile-definitions.ts";
import { GRAMMAR } from "./compile-model.ts";
import { type DmnSource, readAll } from "./read-all.ts";
import { DEFAULT_DMN_LIMITS } from "./source/limits.ts";
import type { StoredModel } from "./stored-model.ts";
import { DiagnosticLog } from "./text/diagnostic-log.ts";
import type { Syntax } from "./text/syntax.ts";

/**
 * Reads models and parses all their FEEL, for `compileStoredModel`. Models that cannot be read and texts that cannot be
 * parsed are left out: `compileModel` tells what is wrong with them.
 */
export function storeModel(sources: readonly DmnSource[]): StoredModel {
  const log = new DiagnosticLog();
  const definitions = readAll(sources, DEFAULT_DMN_LIMITS, log);
  const trees = recorder<SyntaxTree>();
  const testsTrees = recorder<UnaryTestsTree>();
  const syntax: Syntax = {
    treeOf: (text, scope) => trees.keep(text, GRAMMAR.treeOf(text, scope)),
    testsTreeOf: (text, scope) => testsTrees.keep(text, GRAMMAR.testsTreeOf(text, scope)),
  };
  compileDefinitions(definitions, { syntax, limits: DEFAULT_DMN_LIMITS, log });
  const plain: StoredModel["definitions"] = JSON.parse(JSON.stringify(definitions, withoutXml));
  return { definitions: plain, trees: trees.kept(), testsTrees: testsTrees.kept() };
}

/** What only those need who write the model again or show a place in it. */
const XML_MEMBERS: ReadonlySet<string> = new Set(["xml", "textXml", "rest", "label", "description"]);

function withoutXml(name: string, value: unknown): unknown {
  if (XML_MEMBERS.has(name)) return undefined;
  if (name !== "source" || typeof value !== "object" || value === null) return value;
  return { ...value, text: "" };
}

function recorder<T>() {
  const recorded = new Map<string, T[]>();
  return {
    keep: (text: string, tree: T): T => {
      const known = recorded.get(text);
      if (known === undefined) recorded.set(text, [tree]);
      else known.push(tree);
      return tree;
    },
    kept: (): Record<string, readonly T[]> =>
      Object.fromEntries([...recorded].map(([text, trees]) => [text, allAlike(trees)])),
  };
}

function allAlike<T>(trees: readonly T[]): readonly T[] {
  const first = JSON.stringify(trees[0]);
  return trees.every((tree) => JSON.stringify(tree) === first) ? trees.slice(0, 1) : trees;
}
