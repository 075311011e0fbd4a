import { compileStoredModel, decisionFunctions, type StoredModel } from "../../dmn/index.ts";
import type { FeelContext, SyntaxTree } from "../../feel/index.ts";
import { RapportError } from "../errors.ts";
import type { RuleSetting } from "./rules.ts";
import type { PlaybookDocument } from "./types.ts";

/** All FEEL and DMN of a playbook, parsed at upload: whoever runs it needs neither the grammar nor an XML reader. */
export type PlaybookSyntax = {
  /** Key of the rule's setting -> its text -> its tree. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, SyntaxTree>>>>;
  /** File name (`decisions/credit.dmn`) -> the model. */
  readonly decisions: Readonly<Record<string, StoredModel>>;
};

/** Where rules and decisions come from: from what upload stored, or from their text. */
export type RuleSource = {
  /** Throws FeelSyntaxError where the text is none. */
  readonly treeOf: (text: string, setting: RuleSetting) => SyntaxTree;
  /** The callable decisions of a file, by name. */
  readonly decisionsOf: (file: string) => FeelContext;
};

/** Rules as upload stored them. Throws `unavailable` for a document of an earlier release, which has none. */
export const storedRules = ({ syntax }: PlaybookDocument): RuleSource => ({
  treeOf: (text, { key }) => syntax?.rules[key]?.[text] ?? lacking(text),
  decisionsOf: (file) =>
    decisionFunctions(compileStoredModel(syntax?.decisions[file] ?? lacking(file))).values,
});

const lacking = (what: string): never => {
  const message = "the playbook was kept by another release: push its files again";
  throw new RapportError("unavailable", message, { cause: new Error(`nothing was stored for: ${what}`) });
};
