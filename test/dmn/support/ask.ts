import { type CompiledModel, compileModel, type DmnWarning } from "#dmn/index.ts";
import { type FeelInput, toJson } from "#feel/index.ts";
import { decision, definitions } from "./models.ts";

/** What a decision or service answers, as JSON, and what was warned of. */
export function ask(
  model: CompiledModel,
  name: string,
  inputs: FeelInput = {},
): { value: unknown; warnings: DmnWarning[] } {
  const warnings: DmnWarning[] = [];
  const callable = model.decisions.get(name) ?? model.services.get(name);
  if (callable === undefined) throw new Error(`no decision ${name}`);
  const value = callable.evaluate(inputs, { onWarning: (warning) => warnings.push(warning) });
  return { value: toJson(value), warnings };
}

/** A model with the one decision `D`. */
export const one = (logic: string, typeRef?: string): CompiledModel =>
  compileModel(definitions(decision("D", logic, typeRef === undefined ? {} : { typeRef })));
