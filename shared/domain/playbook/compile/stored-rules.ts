import { compileStoredModel, decisionFunctions, type TableListener } from "#dmn/index.ts";
import { RapportError } from "#kernel/errors.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { DOCUMENT_FORM } from "../model/version.ts";
import type { RuleSource } from "./rule-source.ts";

/**
 * Rules as upload stored them. Throws `unavailable` for a document of another release, which has none or others: at once,
 * for a rule that fails later fails for its action alone.
 * @param onTable told of each decision table that a rule asks
 */
export const storedRules = ({ syntax }: PlaybookDocument, onTable?: TableListener): RuleSource => {
  if (syntax?.form !== DOCUMENT_FORM) return lacking(`form ${DOCUMENT_FORM}`);
  return {
    treeOf: (text, { key }) => syntax.rules[key]?.[text] ?? lacking(text),
    decisionsOf: (file) =>
      decisionFunctions(compileStoredModel(syntax.decisions[file] ?? lacking(file)), onTable).values,
  };
};

const lacking = (what: string): never => {
  const message = "the playbook was kept by another release: push its files again";
  throw new RapportError("unavailable", message, { cause: new Error(`nothing was stored for: ${what}`) });
};
