import { type Compiled, Compiler } from "./compile/compiler.ts";
import { compileNode } from "./compile/expression.ts";
import { bareFrame, newFrame } from "./compile/frame.ts";
import { compileUnary, type UnaryShape } from "./compile/unary-tests.ts";
import type { Caller, Environment } from "./run/caller.ts";
import { FeelLimitError, type Limits } from "./run/limits.ts";
import type { Node, UnaryTestsNode } from "./syntax/ast.ts";
import type { Diagnostic } from "./syntax/diagnostics.ts";
import type { FeelType, Scope } from "./values/types.ts";
import type { FeelInput, FeelValue } from "./values/values.ts";

export interface CompileOptions {
  /** Bounds on the text; those on evaluation are given when evaluating. */
  readonly limits?: Partial<Limits>;
  /** Item definitions that `instance of` and parameter types may name. */
  readonly types?: Readonly<Record<string, FeelType>>;
}

export interface UnaryTestsOptions extends CompileOptions {
  /** The type of the value that is tested. */
  readonly inputType: FeelType;
}

interface CompiledText {
  readonly text: string;
  /** Paths read from the scope, the longest that are certain: `["customer", "age"]`. */
  readonly references: readonly (readonly string[])[];
  /** What is doubtful about the text: unknown names, comparisons that can never be true. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompiledExpression extends CompiledText {
  readonly type: FeelType;
  /** Set if the value does not depend on the context. */
  readonly constant?: { readonly value: FeelValue };
  /** Throws FeelLimitError, and nothing else; all other failures are null, told to `environment.onWarning`. */
  evaluate(context: FeelInput, environment?: Environment): FeelValue;
}

export interface CompiledUnaryTests extends CompiledText {
  readonly shape: UnaryShape;
  /** Whether the input passes; null where that cannot be told, for instance because the input is null. */
  evaluate(context: FeelInput, input: FeelValue, environment?: Environment): boolean | null;
}

/** Compiles a tree that was read from that text against that scope: what `compile` does once it has parsed. */
export function compileTree(
  text: string,
  tree: Node,
  scope: Scope,
  options: CompileOptions = {},
): CompiledExpression {
  const compiler = new Compiler(text, scope, options.types ?? {});
  const compiled = compileNode(tree, compiler);
  return {
    text,
    type: compiled.type,
    ...(compiled.constant ? { constant: compiled.constant } : {}),
    references: [...compiler.references.values()],
    diagnostics: compiler.diagnostics,
    evaluate: evaluator(compiled, compiler),
  };
}

function evaluator(compiled: Compiled, compiler: Compiler): CompiledExpression["evaluate"] {
  const { evaluate } = compiled;
  const { needsFrame, slots } = compiler;
  return (context, environment) => {
    const frame = needsFrame ? newFrame(slots, environment) : bareFrame(environment);
    try {
      return evaluate(context, frame);
    } catch (error) {
      throw bounded(error, frame);
    }
  };
}

/** Compiles the tree of a cell's unary tests: what `compileUnaryTests` does once it has parsed. */
export function compileUnaryTestsTree(
  text: string,
  tree: UnaryTestsNode,
  scope: Scope,
  { inputType, types = {} }: UnaryTestsOptions,
): CompiledUnaryTests {
  const compiler = new Compiler(text, scope, types);
  const { test, shape } = compileUnary(tree, inputType, compiler);
  const { needsFrame, slots } = compiler;
  return {
    text,
    shape,
    references: [...compiler.references.values()],
    diagnostics: compiler.diagnostics,
    evaluate: (context, input, environment) => {
      const frame = needsFrame ? newFrame(slots, environment) : bareFrame(environment);
      try {
        return test(input, context, frame);
      } catch (error) {
        throw bounded(error, frame);
      }
    },
  };
}

/**
 * The error to throw: V8's own bounds count as bounds of FEEL. Its stack can end before ours do, where an expression and
 * its calls are both deep ("Maximum call stack size exceeded"), and so can its strings, where several within our bound
 * are put together ("Invalid string length").
 */
function bounded(error: unknown, { run }: Caller): unknown {
  if (!(error instanceof RangeError)) return error;
  const { message } = error;
  if (message.startsWith("Maximum call")) return new FeelLimitError("callDepth", run.limits.callDepth);
  if (!message.startsWith("Invalid string")) return error;
  return new FeelLimitError("stringLength", run.limits.stringLength);
}
