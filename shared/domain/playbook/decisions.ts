import { compileModel, type DmnDiagnostic, decisionFunctions } from "../../dmn/index.ts";
import { FeelFunction, type FeelType, functionOf } from "../../feel/index.ts";
import type { DecisionFunction, PlaybookDocument } from "./types.ts";

type Files = PlaybookDocument["decisions"];

/** A model that imports others is given all of them; most stand alone and are read once. */
const IMPORTS = /<(?:\w+:)?import[\s>]/;

const modelOf = (file: string, files: Files) => {
  const text = files[file] ?? "";
  const others = IMPORTS.test(text) ? Object.keys(files).filter((other) => other !== file) : [];
  return compileModel([
    { file, text },
    ...others.map((other) => ({ file: other, text: files[other] ?? "" })),
  ]);
};

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
    const model = modelOf(file, files);
    diagnostics.push(...model.diagnostics.filter((diagnostic) => diagnostic.file === file));
    for (const [name, value] of Object.entries(decisionFunctions(model).values)) {
      if (!(value instanceof FeelFunction)) continue;
      functions.push({ name, file, parameters: value.parameters, result: value.result });
    }
  }
  return { functions, diagnostics };
};

/** The static types of the decisions, for rules that call them. */
export const decisionTypes = (functions: readonly DecisionFunction[]): Readonly<Record<string, FeelType>> =>
  Object.fromEntries(
    functions.map(({ name, parameters, result }) => [
      name,
      functionOf(
        parameters.map(({ type }) => type),
        result,
      ),
    ]),
  );

/**
 * The decisions as values that FEEL can call. A file's XML is read when the first of its decisions is called: most
 * functions that load a playbook never call one.
 */
export const decisionValues = ({
  decisions,
  decisionFunctions: declared,
}: Pick<PlaybookDocument, "decisions" | "decisionFunctions">): Readonly<Record<string, FeelFunction>> => {
  const models = new Map<string, ReturnType<typeof decisionFunctions>["values"]>();
  const callable = (file: string, name: string) => {
    const values = models.get(file) ?? decisionFunctions(modelOf(file, decisions)).values;
    models.set(file, values);
    return values[name];
  };
  return Object.fromEntries(
    declared.map(({ name, file, parameters, result }) => [
      name,
      new FeelFunction(parameters, result, function callDecision(args, frame) {
        const decision = callable(file, name);
        return decision instanceof FeelFunction ? decision.call(args, frame) : null;
      }),
    ]),
  );
};
