import type { FeelValue } from "#feel/index.ts";

/** How one decision table came to its result. Rows count from 1, as people count them. */
export interface TableTrace {
  /** The file that the table stands in. */
  readonly file: string;
  readonly decision: string;
  /** The table's own id, where the file gives it one. */
  readonly id?: string;
  readonly hitPolicy: string;
  /** The input expressions with the values that they had. */
  readonly inputs: readonly { readonly expression: string; readonly value: FeelValue }[];
  readonly matchedRows: readonly number[];
  /** Annotations of the matched rows, such as "why this row exists". */
  readonly annotations: readonly string[];
}

/** One decision or input that was used, in the order of use. */
export interface TraceStep {
  readonly kind: "input" | "decision";
  readonly name: string;
  readonly value: FeelValue;
}

/** Why a decision has its value. */
export interface DecisionTrace {
  readonly steps: readonly TraceStep[];
  readonly tables: readonly TableTrace[];
  /** The paths that the expressions evaluated read, such as `customer.age`, with their values. */
  readonly read: readonly { readonly path: string; readonly value: FeelValue }[];
}

/** Collects a trace while a model is evaluated; absent when nobody asked for one. */
export class TraceRecorder {
  private readonly steps: TraceStep[] = [];
  private readonly tables: TableTrace[] = [];
  private readonly read = new Map<string, FeelValue>();

  step(step: TraceStep): void {
    this.steps.push(step);
  }

  table(table: TableTrace): void {
    this.tables.push(table);
  }

  readPath(path: string, value: FeelValue): void {
    if (!this.read.has(path)) this.read.set(path, value);
  }

  finish(): DecisionTrace {
    const read = [...this.read].map(([path, value]) => ({ path, value }));
    return { steps: this.steps, tables: this.tables, read };
  }
}
