import type { FeelType, SyntaxTree, UnaryTestsTree } from "../../feel/index.ts";

/** The names that FEEL text may use, with their types. Expressions of one scope share the object: parsing caches by it. */
export type ScopeTypes = Readonly<Record<string, FeelType>>;

/** Where the trees of FEEL text come from: from the grammar, or from what it made of the text earlier. */
export interface Syntax {
  /** The tree of an expression. Throws FeelSyntaxError where the text is none. */
  readonly treeOf: (text: string, scope: ScopeTypes) => SyntaxTree;
  /** The tree of unary tests. Throws FeelSyntaxError where the text holds none. */
  readonly testsTreeOf: (text: string, scope: ScopeTypes) => UnaryTestsTree;
}
