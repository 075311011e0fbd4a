import type { FeelContext, FeelType, SyntaxTree } from "#feel/index.ts";

/** The names a rule may use, and the type its value must have (null: any). */
export type RuleSetting = {
  /** Equal for settings with equal scopes; stored syntax trees are found by it. */
  readonly key: string;
  readonly scope: Readonly<Record<string, FeelType>>;
  readonly result: FeelType | null;
};

/** Where rules and decisions come from: from the syntax trees that upload stored, or from their text. */
export type RuleSource = {
  /** Throws FeelSyntaxError where the text is none. */
  readonly treeOf: (text: string, setting: RuleSetting) => SyntaxTree;
  /** The callable decisions of a file, by name. */
  readonly decisionsOf: (file: string) => FeelContext;
};
