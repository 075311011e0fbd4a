/**
 * DMN 1.3, 1.4 and 1.5: reads (1.1 and 1.2 too) and writes models, compiles them to callable decisions, explains their results and
 * finds the flaws of their tables. Pure, like the FEEL that it builds on.
 */

export type { CompiledModel } from "./compile-definitions.ts";
export { compileModel } from "./compile-model.ts";
export { decisionFunctions, type TableListener } from "./decision-functions.ts";
export { type Grid, type GridColumn, type GridRow, readGrids } from "./edit/grid.ts";
export { writeGrid } from "./edit/write-grid.ts";
export { readDmn } from "./model/read.ts";
export type * from "./model/types.ts";
export { writeDmn } from "./model/write.ts";
export type { DmnSource } from "./read-all.ts";
export type { DmnWarning } from "./run/run.ts";
export type { TableTrace } from "./run/trace.ts";
export { type DmnDiagnostic, DmnError } from "./source/diagnostics.ts";
export { storeModel } from "./store-model.ts";
export { compileStoredModel, type StoredModel } from "./stored-model.ts";
