import type { BoxContext } from "../compile/boxed.ts";
import type { TableProgram } from "./compile-table.ts";

export function analyseTable(_context: BoxContext, _program: TableProgram): void {}
