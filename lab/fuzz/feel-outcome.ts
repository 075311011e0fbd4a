import {
  ANY,
  type CompiledExpression,
  type CompiledUnaryTests,
  compile,
  compileUnaryTests,
  contextOf,
  FeelLimitError,
  FeelSyntaxError,
  listOf,
  NUMBER,
  type Scope,
  STRING,
  toJson,
} from "#feel/index.ts";

export type Outcome = "value" | "syntax error" | "limit";

const SCOPE: Scope = Object.freeze({
  x: NUMBER,
  y: ANY,
  name: STRING,
  "a b": ANY,
  customer: contextOf({ age: NUMBER, country: STRING }),
  orders: listOf(contextOf({ total: NUMBER })),
});

const CONTEXT = {
  x: 2,
  y: null,
  name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
  "a b": [1, "2", null],
  customer: { age: 20, country: "DE" },
  orders: [{ total: 20 }, { total: 200 }],
};

const LIMITS = { steps: 20_000, listSize: 10_000, stringLength: 100_000, callDepth: 100 };

/**
 * Compiles and evaluates a text as an expression and as unary tests. Throws if anything happens that the language
 * does not promise: another error, an error without a place, a value that is none.
 */
export function runFuzzInput(text: string): Outcome {
  const asExpression = attempt(text, () => {
    const expression: CompiledExpression = compile(text, SCOPE);
    return () => expression.evaluate(CONTEXT, { now: 0, limits: LIMITS, onWarning: () => undefined });
  });
  attempt(text, () => {
    const tests: CompiledUnaryTests = compileUnaryTests(text, NUMBER, SCOPE);
    return () => tests.evaluate(CONTEXT, 3, { now: 0, limits: LIMITS });
  });
  return asExpression;
}

function attempt(text: string, prepare: () => () => Parameters<typeof toJson>[0]): Outcome {
  try {
    JSON.stringify(toJson(prepare()()));
    return "value";
  } catch (error) {
    if (error instanceof FeelLimitError) return "limit";
    if (!(error instanceof FeelSyntaxError)) throw error;
    const [first] = error.diagnostics;
    const isLocated =
      first && first.from >= 0 && first.to >= first.from && first.from <= text.length && first.line >= 1;
    if (!isLocated || first.message === "")
      throw new Error("a syntax error without a place", { cause: error });
    return "syntax error";
  }
}
