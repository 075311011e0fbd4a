import type { FeelContext, FeelType, SyntaxTree } from "#feel/index.ts";

/** What a rule is compiled against, and what must come of it (null: anything). */
export type RuleSetting = {
  /** The same for settings whose scopes are the same: what stored syntax trees are found by. */
  readonly key: string;
  readonly scope: Readonly<Record<string, FeelType>>;
  readonly result: FeelType | null;
};

/** Where rules and decisions come from: from what upload stored, or from their text. */
export type RuleSource = {
  /** Throws FeelSyntaxError where the text is none. */
  readonly treeOf: (text: string, setting: RuleSetting) => SyntaxTree;
  /** The callable decisions of a file, by name. */
  readonly decisionsOf: (file: string) => FeelContext;
};
