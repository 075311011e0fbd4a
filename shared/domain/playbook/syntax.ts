import { compileStoredModel, decisionFunctions, type StoredModel } from "#dmn/index.ts";
import type { FeelContext, SyntaxTree } from "#feel/index.ts";
import { RapportError } from "../errors.ts";
import type { RuleSetting } from "./rules.ts";
import type { PlaybookDocument } from "./types.ts";
import { DOCUMENT_FORM } from "./version.ts";

/** All FEEL and DMN of a playbook, parsed at upload: whoever runs it needs neither the grammar nor an XML reader. */
export type PlaybookSyntax = {
  /** The form of what is stored; of any other nothing is understood. */
  readonly form: string;
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

/**
 * Rules as upload stored them. Throws `unavailable` for a document of another release, which has none or others: at once,
 * for a rule that fails later fails for its action alone.
 */
export const storedRules = ({ syntax }: PlaybookDocument): RuleSource => {
  if (syntax?.form !== DOCUMENT_FORM) return lacking(`form ${DOCUMENT_FORM}`);
  return {
    treeOf: (text, { key }) => syntax.rules[key]?.[text] ?? lacking(text),
    decisionsOf: (file) =>
      decisionFunctions(compileStoredModel(syntax.decisions[file] ?? lacking(file))).values,
  };
};

const lacking = (what: string): never => {
  const message = "the playbook was kept by another release: push its files again";
  throw new RapportError("unavailable", message, { cause: new Error(`nothing was stored for: ${what}`) });
};
