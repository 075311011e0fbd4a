import { ANY, FeelFunction, type FeelInput, type FeelValue, functionOf, type Scope } from "#feel/index.ts";
import type { FunctionDefinition } from "../model/types.ts";
import { runOf } from "../run/run.ts";
import { type Site, siteOf } from "../run/site.ts";
import type { BoxContext } from "../table/program.ts";
import { type CompiledPart, coerceTo } from "../text/compiled.ts";
import { bindAll, extendScope } from "../text/scope.ts";
import { ANY_ITEM, type ItemType } from "../types/item-types.ts";
import { compileExpression } from "./boxed.ts";

/** A boxed function: a FEEL function value that sees the scope in which it was made. */
export function compileFunction(
  context: BoxContext,
  definition: FunctionDefinition,
  scope: Scope,
): CompiledPart {
  const lambda = compileLambda(context, definition, scope);
  return {
    type: functionOf(
      lambda.parameters.map(({ item }) => item.type),
      lambda.body.type,
    ),
    evaluate: (outer) => makeFunction(context, lambda, outer),
  };
}

/** A function's parameters and body, without a scope to run in. */
export interface Lambda {
  readonly parameters: readonly { readonly name: string; readonly item: ItemType }[];
  readonly body: CompiledPart;
  readonly site: Site;
}

/** Compiles the parameters and the body of a function, Java and PMML ones to a clear error. */
export function compileLambda(context: BoxContext, definition: FunctionDefinition, scope: Scope): Lambda {
  const parameters = definition.parameters.map((parameter) => ({
    name: parameter.name,
    item: context.itemTypes.of(parameter),
  }));
  const site = siteOf(context, definition.xml);
  if (definition.functionKind !== "FEEL") {
    return { parameters, body: unsupportedFunction(context, definition, site), site };
  }
  const inner = { ...scope, ...Object.fromEntries(parameters.map(({ name, item }) => [name, item.type])) };
  const items = new Map([...context.items, ...parameters.map(({ name, item }) => [name, item] as const)]);
  const body = compileExpression({ ...context, items }, definition.body, inner, definition.xml);
  return { parameters, body, site };
}

function unsupportedFunction(context: BoxContext, definition: FunctionDefinition, site: Site): CompiledPart {
  const message = `functions written in ${definition.functionKind} are not supported: only FEEL is`;
  context.log.add(site, "unsupported", message, { severity: "warning" });
  return { type: ANY, evaluate: (_, run) => run.warn("unsupported", message, site) };
}

/** The FEEL function that runs the lambda in a scope. */
export function makeFunction(
  context: BoxContext,
  { parameters, body, site }: Lambda,
  scope: FeelInput,
): FeelFunction {
  const names = parameters.map(({ name }) => name);
  const isChecked = parameters.some(({ item }) => item.constraint !== undefined);
  return new FeelFunction(
    parameters.map(({ name, item }) => ({ name, type: item.type })),
    body.type,
    (args, caller) => {
      const run = runOf(caller.run.environment, context.limits);
      // FEEL has looked at the types, but knows of no allowed values.
      const check = (value: FeelValue, index: number): FeelValue =>
        coerceTo(value, parameters[index]?.item ?? ANY_ITEM, run, site);
      const values = isChecked ? args.map(check) : args;
      return run.call(() => body.evaluate(bindAll(extendScope(scope), names, values), run));
    },
  );
}
