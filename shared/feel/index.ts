/**
 * FEEL, the expression language of DMN 1.5: compiled once against the declared names, then evaluated any number of
 * times. Pure: no clock, no randomness, nothing reachable but the context that is passed in.
 */

export { invoke } from "./builtins/invoke.ts";
export { coerce, isOfType } from "./coerce.ts";
export { elementsOf, elementType } from "./compile/iteration.ts";
export type { UnaryShape } from "./compile/unary-tests.ts";
export { compile, compileUnaryTests, testsTreeOf, treeOf } from "./compile.ts";
export {
  type CompiledExpression,
  type CompiledUnaryTests,
  compileTree,
  compileUnaryTestsTree,
} from "./compile-tree.ts";
export { type Diagnostic, FeelSyntaxError } from "./diagnostics.ts";
export { formatNumber, formatValue, showValue } from "./format.ts";
export { type Budget, type Environment, type FeelWarning, Frame, Run, type WarningCode } from "./frame.ts";
export { fromJson, type Json, toJson } from "./json.ts";
export { DEFAULT_LIMITS, FeelLimitError, type Limits, type Meter } from "./limits.ts";
export { equal, same } from "./operations/equality.ts";
export type { Node as SyntaxTree, UnaryTestsNode as UnaryTestsTree } from "./syntax/ast.ts";
export { normalizeName, type Scope } from "./syntax/names.ts";
export { normalizeSpelling } from "./syntax/tree.ts";
export { formatTemporal } from "./temporal/format.ts";
export { parseDate, parseDateTime, parseDuration, parseTime } from "./temporal/parse.ts";
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
} from "./types.ts";
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
} from "./values.ts";
