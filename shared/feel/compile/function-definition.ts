import type { Caller } from "../run/caller.ts";
import { bulkSteps } from "../run/limits.ts";
import type { NodeOf } from "../syntax/ast.ts";
import { ANY, bounded, type FeelType, functionOf } from "../values/types.ts";
import { FeelFunction, type FeelParameter, type FeelValue } from "../values/values.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { Frame } from "./frame.ts";
import { resolveType } from "./instance-of.ts";

/**
 * `function(a, b) body`. What it closes over is copied when it is made: values never change, so a copy is as good as
 * the variable, and the function outlives the frame it was made in. A function that is a context's entry may call
 * itself: its own slot is `selfSlot`.
 */
export function compileFunction(node: NodeOf<"function">, compiler: Compiler, selfSlot?: number): Compiled {
  if (node.external) return externalFunction(node, compiler);
  compiler.needsFrame = true;
  return compiler.inScope(() => {
    const parameters: FeelParameter[] = [];
    const slots: number[] = [];
    for (const parameter of node.parameters) {
      const type: FeelType = parameter.type ? resolveType(parameter.type, compiler) : ANY;
      parameters.push({ name: parameter.name, type });
      slots.push(compiler.declare(parameter.name, type).slot);
    }
    const body = compileNode(node.body, compiler);
    const type = functionOf(
      parameters.map((parameter) => parameter.type),
      body.type,
      parameters.map((parameter) => parameter.name),
    );
    return {
      evaluate: (input, frame) => {
        const closure = frame.slots.slice();
        const call = (args: readonly FeelValue[], caller: Caller): FeelValue => {
          const locals = closure.slice();
          caller.spend(bulkSteps(locals.length));
          for (let index = 0; index < slots.length; index++) locals[slots[index] ?? 0] = args[index] ?? null;
          return body.evaluate(input, new Frame(locals, caller.run));
        };
        const fn = new FeelFunction(parameters, ANY, call, body.type);
        if (selfSlot !== undefined) closure[selfSlot] = fn;
        return fn;
      },
      type: bounded(type),
    };
  });
}

/** Functions written in Java or PMML cannot run here; calling one is null with a warning. */
function externalFunction(node: NodeOf<"function">, compiler: Compiler): Compiled {
  const { from, to } = node;
  compiler.warning("external-function", node, "external functions are not run here: its result is null");
  const parameters = node.parameters.map(({ name }) => ({ name, type: ANY }));
  const call = (_: readonly FeelValue[], caller: Caller): FeelValue =>
    caller.warnAt("external-function", "external functions are not run here", from, to);
  return {
    evaluate: () => new FeelFunction(parameters, ANY, call),
    type: functionOf(
      parameters.map(({ type }) => type),
      ANY,
    ),
  };
}
