/**
 * DMN 1.3, 1.4 and 1.5: reads and writes models, compiles them to callable decisions, explains their results and
 * finds the flaws of their tables. Pure, like the FEEL that it builds on.
 */

export type { DmnSource } from "./compile/unit.ts";
export {
  type CallableDecision,
  type CallableKnowledge,
  type CompiledModel,
  type CompileModelOptions,
  compileModel,
  type ModelInput,
} from "./compile-model.ts";
export {
  type BoundDecisions,
  bindDecisions,
  type DecisionFunctions,
  decisionFunctions,
} from "./decision-scope.ts";
export {
  type DmnDiagnostic,
  type DmnDiagnosticCode,
  DmnError,
  formatDiagnostic,
  formatPlace,
  type Severity,
} from "./diagnostics.ts";
export { DEFAULT_LIMITS as DEFAULT_DMN_LIMITS, type DmnLimits } from "./limits.ts";
export { readDmn } from "./model/read.ts";
export type * from "./model/types.ts";
export { writeDmn } from "./model/write.ts";
export type { DmnEnvironment, DmnWarning } from "./run.ts";
export type { DecisionTrace, TableTrace, TraceStep } from "./trace.ts";
