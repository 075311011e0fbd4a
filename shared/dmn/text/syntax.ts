import type { Scope, SyntaxTree, UnaryTestsTree } from "#feel/index.ts";

/**
 * Where the trees of FEEL text come from: from the grammar, or from what it made of the text earlier. Expressions of
 * one scope share the object: parsing caches by it.
 */
export interface Syntax {
  /** The tree of an expression. Throws FeelSyntaxError where the text is none. */
  readonly treeOf: (text: string, scope: Scope) => SyntaxTree;
  /** The tree of unary tests. Throws FeelSyntaxError where the text holds none. */
  readonly testsTreeOf: (text: string, scope: Scope) => UnaryTestsTree;
  /** What FEEL writes for a text of another language, where that is simple. Left out where nobody reads hints. */
  readonly feelFor?: (text: string) => string | undefined;
}
