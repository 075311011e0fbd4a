import { compileModel, type DmnDiagnostic, decisionFunctions } from "#dmn/index.ts";
import { FeelFunction } from "#feel/index.ts";
import { modelSources } from "../compile/parse-rules.ts";
import type { DecisionFunction, PlaybookDocument } from "../model/document.ts";

type Files = PlaybookDocument["decisions"];

/**
 * What rules may call by name: every decision, decision service and business knowledge model of every DMN file.
 * Parameters are the inputs that are needed in the end, by their names in the model.
 */
export const readDecisions = (
  files: Files,
): { readonly functions: readonly DecisionFunction[]; readonly diagnostics: readonly DmnDiagnostic[] } => {
  const functions: DecisionFunction[] = [];
  const diagnostics: DmnDiagnostic[] = [];
  for (const file of Object.keys(files).sort()) {
    const model = compileModel(modelSources(file, files));
    diagnostics.push(...model.diagnostics.filter((diagnostic) => diagnostic.file === file));
    for (const [name, value] of Object.entries(decisionFunctions(model).values)) {
      if (!(value instanceof FeelFunction)) continue;
      functions.push({ name, file, parameters: value.parameters, result: value.result });
    }
  }
  return { functions, diagnostics };
};
