import type { FeelType, SyntaxTree, UnaryTestsTree } from "#feel/index.ts";
import { type CompiledModel, compileDefinitions } from "./compile-definitions.ts";
import type { Definitions } from "./model/types.ts";
import { DEFAULT_DMN_LIMITS } from "./source/limits.ts";
import { DiagnosticLog } from "./text/diagnostic-log.ts";
import type { Syntax } from "./text/syntax.ts";

/**
 * Models as data: read from XML and parsed, but not compiled. Whoever has this needs neither the XML reader nor the
 * grammar. Written as JSON and read again it is the same.
 */
export interface StoredModel {
  /** The main model first. */
  readonly definitions: readonly Definitions[];
  /** Text -> its trees in the order in which compiling asks for them; one where all are alike. */
  readonly trees: Readonly<Record<string, readonly SyntaxTree[]>>;
  readonly testsTrees: Readonly<Record<string, readonly UnaryTestsTree[]>>;
}

/** Compiles a stored model. Its flaws were told when it was stored and are not looked for again. */
export function compileStoredModel(model: StoredModel): CompiledModel {
  return compileDefinitions(model.definitions, {
    syntax: syntaxOf(model),
    limits: DEFAULT_DMN_LIMITS,
    log: new DiagnosticLog(),
  });
}

/** Compiling asks in the same order each time, so that a text which means different things in two scopes gets both. */
function syntaxOf({ trees, testsTrees }: StoredModel): Syntax {
  return { treeOf: inTurn(trees), testsTreeOf: inTurn(testsTrees) };
}

function inTurn<T>(
  trees: Readonly<Record<string, readonly T[]>>,
): (text: string, scope: Readonly<Record<string, FeelType>>) => T {
  const asked = new Map<string, number>();
  return (text) => {
    const turn = asked.get(text) ?? 0;
    asked.set(text, turn + 1);
    const all = Object.hasOwn(trees, text) ? trees[text] : undefined;
    const tree = all?.[all.length === 1 ? 0 : turn];
    if (tree === undefined) throw new Error(`no tree was stored for: ${text}`);
    return tree;
  };
}
