/**
 * FEEL, the expression language of DMN 1.5: compiled once against the declared names, then evaluated any number of
 * times. Pure: no clock, no randomness, nothing reachable but the context that is passed in.
 */

export { invoke } from "./builtins/invoke.ts";
export { elementsOf, elementType } from "./compile/iteration.ts";
export type { UnaryShape } from "./compile/unary-tests.ts";
export { compile, compileUnaryTests, testsTreeOf, treeOf } from "./compile.ts";
export {
  type CompiledExpression,
  type CompiledUnaryTests,
  compileTree,
  compileUnaryTestsTree,
} from "./compile-tree.ts";
export { coerce, isOfType } from "./conversion/coerce.ts";
export { formatNumber, formatValue, showValue } from "./conversion/format.ts";
export { fromJson, type Json, toJson } from "./json.ts";
export { equal, same } from "./operations/equality.ts";
export {
  type Budget,
  Caller,
  type Environment,
  type FeelWarning,
  Run,
  type WarningCode,
} from "./run/caller.ts";
export { DEFAULT_LIMITS, FeelLimitError, type Limits, type Meter } from "./run/limits.ts";
export type { Node as SyntaxTree, UnaryTestsNode as UnaryTestsTree } from "./syntax/ast.ts";
export { type Diagnostic, FeelSyntaxError } from "./syntax/diagnostics.ts";
export { formatTemporal } from "./temporal/format.ts";
export { parseDate, parseDateTime, parseDuration, parseTime } from "./temporal/parse.ts";
export { normalizeName, normalizeSpelling } from "./values/names.ts";
export type { Scope } from "./values/types.ts";
export {
  ANY,
  BOOLEAN,
  CONTEXT,
  type ContextType,
  conformsTo,
  contextOf,
  DATE,
  DATE_TIME,
  DAYS_DURATION,
  type FeelType,
  FUNCTION,
  functionOf,
  listOf,
  MONTHS_DURATION,
  NULL,
  NUMBER,
  namedType,
  rangeOf,
  STRING,
  TIME,
  typeName,
  typeSize,
  unionType,
} from "./values/types.ts";
export {
  entryOf,
  type FeelContext,
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelFunction,
  type FeelInput,
  FeelMonthsDuration,
  FeelObject,
  FeelRange,
  FeelTime,
  type FeelValue,
  isContext,
  isInheritedName,
  isList,
  newContext,
  typeOf,
} from "./values/values.ts";
