import { type CallableDecision, compileModel } from "../../dmn/compile-model.ts";
import type { DmnDiagnostic } from "../../dmn/diagnostics.ts";
import { FeelFunction, type FeelType, type FeelValue, functionOf } from "../../feel/index.ts";
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
 * What rules may call by name: every decision and decision service of every DMN file. Parameters are the inputs the
 * decision needs in the end, by their names in the model.
 */
export const readDecisions = (
  files: Files,
): { readonly functions: readonly DecisionFunction[]; readonly diagnostics: readonly DmnDiagnostic[] } => {
  const functions: DecisionFunction[] = [];
  const diagnostics: DmnDiagnostic[] = [];
  for (const file of Object.keys(files).sort()) {
    const model = modelOf(file, files);
    diagnostics.push(...model.diagnostics.filter((diagnostic) => diagnostic.file === file));
    for (const { name, inputs, type } of [...model.decisions.values(), ...model.services.values()]) {
      const parameters = inputs.map((input) => ({ name: input.name, type: input.type }));
      functions.push({ name, file, parameters, result: type });
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
  decisionFunctions,
}: Pick<PlaybookDocument, "decisions" | "decisionFunctions">): Readonly<Record<string, FeelFunction>> => {
  const models = new Map<string, ReturnType<typeof compileModel>>();
  const callable = (file: string, name: string): CallableDecision | undefined => {
    const model = models.get(file) ?? modelOf(file, decisions);
    models.set(file, model);
    return model.decisions.get(name) ?? model.services.get(name);
  };
  return Object.fromEntries(
    decisionFunctions.map(({ name, file, parameters, result }) => [
      name,
      new FeelFunction(parameters, result, function callDecision(args, frame): FeelValue {
        const inputs = Object.fromEntries(
          parameters.map((input, index) => [input.name, args[index] ?? null]),
        );
        const { now, zone } = frame.run.environment ?? {};
        const clock = { ...(now === undefined ? {} : { now }), ...(zone === undefined ? {} : { zone }) };
        return callable(file, name)?.evaluate(inputs, clock) ?? null;
      }),
    ]),
  );
};
