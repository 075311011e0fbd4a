/** Bounds on what a model may ask for: rules are user text, so every size has an end. */
export interface DmnLimits {
  /** UTF-16 code units of one XML document. */
  readonly maxXmlLength: number;
  /** Nested XML elements. */
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Rows of one decision table. */
  readonly maxRows: number;
  /** Nested calls of BKMs, services and decisions in one evaluation. */
  readonly maxCallDepth: number;
  /** Iterations of boxed `for`, `filter`, `some` and `every` in one evaluation, with the elements whose type is checked. */
  readonly maxIterations: number;
  /** Bytes that the row index of one table column may take; a larger column is scanned. */
  readonly maxIndexBytes: number;
}

export const DEFAULT_DMN_LIMITS: DmnLimits = {
  maxXmlLength: 5_000_000,
  maxDepth: 200,
  maxElements: 500_000,
  maxRows: 20_000,
  maxCallDepth: 200,
  maxIterations: 1_000_000,
  maxIndexBytes: 4_000_000,
};
