import {
  compile,
  type Environment,
  type FeelInput,
  type FeelWarning,
  formatValue,
  type Scope,
} from "#feel/index.ts";

/** 2025-03-31T10:15:30Z, a Monday. */
export const NOW = Date.UTC(2025, 2, 31, 10, 15, 30);

/** The value as `string()` would write it, with null as "null"; strings are quoted to tell them from the rest. */
export function evaluated(
  text: string,
  context: FeelInput = {},
  scope: Scope = {},
  environment: Environment = {},
): string {
  const value = compile(text, scope).evaluate(context, { now: NOW, ...environment });
  return typeof value === "string" ? JSON.stringify(value) : (formatValue(value) ?? "null");
}

/** The warnings that evaluating gives. */
export function warningsOf(text: string, context: FeelInput = {}, scope: Scope = {}): FeelWarning[] {
  const warnings: FeelWarning[] = [];
  compile(text, scope).evaluate(context, { now: NOW, onWarning: (warning) => warnings.push(warning) });
  return warnings;
}

/** `expression` and the value expected of it, one a line, parted by `=>`. */
export function examples(table: string): [string, string][] {
  return table
    .split("\n")
    .map((line) => line.split(" => "))
    .flatMap(([text, expected]) =>
      text !== undefined && expected !== undefined ? [[text.trim(), expected.trim()]] : [],
    );
}
