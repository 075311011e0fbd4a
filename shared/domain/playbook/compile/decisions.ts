import { FeelFunction, type FeelType, functionOf } from "#feel/index.ts";
import type { DecisionFunction } from "../model/document.ts";
import type { RuleSource } from "./rule-source.ts";

/** The static types of the decisions, for rules that call them. */
export const decisionTypes = (functions: readonly DecisionFunction[]): Readonly<Record<string, FeelType>> =>
  Object.fromEntries(
    functions.map(({ name, parameters, result }) => [
      name,
      functionOf(
        parameters.map(({ type }) => type),
        result,
        parameters.map((parameter) => parameter.name),
      ),
    ]),
  );

/**
 * The decisions as values that FEEL can call. A file is compiled when the first of its decisions is called: most
 * functions that load a playbook never call one.
 */
export const decisionValues = (
  declared: readonly DecisionFunction[],
  { decisionsOf }: Pick<RuleSource, "decisionsOf">,
): Readonly<Record<string, FeelFunction>> => {
  const models = new Map<string, ReturnType<RuleSource["decisionsOf"]>>();
  const callable = (file: string, name: string) => {
    const values = models.get(file) ?? decisionsOf(file);
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
