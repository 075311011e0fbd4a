import { ANY, Caller, FeelFunction, invoke, normalizeName, Run, type Scope } from "#feel/index.ts";
import type { InvocationExpression } from "../model/types.ts";
import { siteOf } from "../run/site.ts";
import type { BoxContext } from "../table/program.ts";
import { type CompiledPart, typedPart } from "../text/compiled.ts";
import { compileExpression } from "./boxed.ts";

/** The boxed call: arguments are bound to parameters by name (DMN 1.5, 10.2.1.5). */
export function compileInvocation(
  context: BoxContext,
  expression: InvocationExpression,
  scope: Scope,
): CompiledPart {
  const called = compileExpression(context, expression.called, scope, expression.xml);
  const names = expression.bindings.map(({ parameter }) => normalizeName(parameter.name));
  const parts = expression.bindings.map((binding) => {
    const part = compileExpression(context, binding.value, scope, binding.xml);
    return typedPart(part, context.itemTypes.of(binding.parameter), siteOf(context, binding.xml));
  });
  const site = siteOf(context, expression.xml);
  return {
    type: called.type.kind === "function" ? called.type.result : ANY,
    evaluate: (outer, run) => {
      const target = called.evaluate(outer, run);
      if (!(target instanceof FeelFunction)) {
        return run.warn("not-a-function", "what is called is no function", site);
      }
      const values = parts.map((part) => part.evaluate(outer, run));
      run.site = site;
      return invoke(target, values, names, new Caller(new Run(run)));
    },
  };
}
