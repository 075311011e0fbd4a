import {
  type Caller,
  type FeelContext,
  FeelFunction,
  type FeelType,
  type FeelValue,
  newContext,
} from "#feel/index.ts";
import type { CallableDecision, CallableKnowledge, CompiledModel, Traced } from "./compile-definitions.ts";
import type { DmnEnvironment } from "./run/run.ts";
import type { TableTrace } from "./run/trace.ts";
import { optional } from "./source/optional.ts";
import { bindAll } from "./text/scope.ts";

/** Names for a rule's scope: their types for compiling, their values for evaluating. */
export interface DecisionFunctions {
  readonly types: Readonly<Record<string, FeelType>>;
  readonly values: FeelContext;
}

/** Told of each decision table that was asked. */
export type TableListener = (table: TableTrace) => void;

/**
 * The decisions, services and BKMs of a model as FEEL functions, so that a rule can call them by name:
 * `Loyalty Band(customer)`. Parameters are the inputs in the order of `inputs`, and may be given by name.
 * @param onTable makes each call dearer: it takes the way that is traced
 */
export function decisionFunctions(model: CompiledModel, onTable?: TableListener): DecisionFunctions {
  const types: Record<string, FeelType> = {};
  const values = newContext();
  const add = (name: string, fn: FeelFunction): void => {
    types[name] = fn.type;
    values[name] = fn;
  };
  for (const [name, decision] of model.decisions) add(name, functionOfDecision(decision, onTable));
  for (const [name, service] of model.services) add(name, functionOfDecision(service, onTable));
  for (const [name, knowledge] of model.bkms) {
    add(name, onTable === undefined ? knowledge.fn : tracedKnowledge(knowledge, onTable));
  }
  return { types, values };
}

function functionOfDecision(decision: CallableDecision, onTable?: TableListener): FeelFunction {
  const parameters = decision.inputs.map(({ name, type }) => ({ name, type }));
  const names = keysOf(decision);
  return new FeelFunction(parameters, decision.type, (args, caller) => {
    const inputs = bindAll(newContext(), names, args);
    const environment = environmentOf(caller);
    if (onTable === undefined) return decision.evaluate(inputs, environment);
    return told(decision.evaluateWithTrace(inputs, environment), onTable);
  });
}

function tracedKnowledge(knowledge: CallableKnowledge, onTable: TableListener): FeelFunction {
  const { parameters, result } = knowledge.fn;
  const names = parameters.map(({ name }) => name);
  return new FeelFunction(parameters, result, (args, caller) => {
    const given = bindAll(newContext(), names, args);
    return told(knowledge.evaluateWithTrace(given, environmentOf(caller)), onTable);
  });
}

function told({ value, trace }: Traced, onTable: TableListener): FeelValue {
  for (const table of trace.tables) onTable(table);
  return value;
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
