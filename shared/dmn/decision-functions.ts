import { type Caller, type FeelContext, FeelFunction, type FeelType, newContext } from "#feel/index.ts";
import type { CallableDecision, CompiledModel } from "./compile-definitions.ts";
import type { DmnEnvironment } from "./run/run.ts";
import { optional } from "./source/optional.ts";
import { bindAll } from "./text/scope.ts";

/** Names for a rule's scope: their types for compiling, their values for evaluating. */
export interface DecisionFunctions {
  readonly types: Readonly<Record<string, FeelType>>;
  readonly values: FeelContext;
}

/**
 * The decisions, services and BKMs of a model as FEEL functions, so that a rule can call them by name:
 * `Loyalty Band(customer)`. Parameters are the inputs in the order of `inputs`, and may be given by name.
 */
export function decisionFunctions(model: CompiledModel): DecisionFunctions {
  const types: Record<string, FeelType> = {};
  const values = newContext();
  const add = (name: string, fn: FeelFunction): void => {
    types[name] = fn.type;
    values[name] = fn;
  };
  for (const [name, decision] of model.decisions) add(name, functionOfDecision(decision));
  for (const [name, service] of model.services) add(name, functionOfDecision(service));
  for (const [name, { fn }] of model.bkms) add(name, fn);
  return { types, values };
}

function functionOfDecision(decision: CallableDecision): FeelFunction {
  const parameters = decision.inputs.map(({ name, type }) => ({ name, type }));
  const names = keysOf(decision);
  return new FeelFunction(parameters, decision.type, (args, caller) => {
    return decision.evaluate(bindAll(newContext(), names, args), environmentOf(caller));
  });
}

/** The keys that tell the inputs apart: their names, or where two have one name also their models. */
function keysOf({ inputs }: CallableDecision): string[] {
  const names = inputs.map(({ name }) => name);
  const isPlain = new Set(names).size === names.length;
  return isPlain ? names : inputs.map(({ name, namespace }) => `${namespace}#${name}`);
}

/** The environment of the calling expression; warnings of the decision become warnings of the call. */
function environmentOf(caller: Caller): DmnEnvironment | undefined {
  const { environment } = caller.run;
  if (environment === undefined) return undefined;
  const { now, zone, limits, budget, onWarning } = environment;
  return {
    ...optional("now", now),
    ...optional("zone", zone),
    ...optional("limits", limits),
    ...optional("budget", budget),
    ...(onWarning !== undefined && {
      onWarning: ({ message, element, file, line, column }) =>
        caller.warn("invalid-value", `${element} (${file}:${line}:${column}): ${message}`),
    }),
  };
}
