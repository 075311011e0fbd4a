/** A function as its template describes it. */
export type FunctionSettings = {
  readonly name: string;
  readonly arn: string;
  /** `stage/name` as the project calls it (RAPPORT_FUNCTION), else the function's name. */
  readonly label: string;
  readonly handlerFile: string;
  readonly handlerExport: string;
  readonly environment: { readonly [name: string]: string };
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Reserved concurrency, or null. */
  readonly reserved: number | null;
};

/** A queue that feeds a function, as `AWS::Lambda::EventSourceMapping` describes it. */
export type EventSourceSettings = {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Batching window in seconds; Lambda waits so long to fill a batch. */
  readonly windowSeconds: number;
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number | null;
};

/** What an invocation ended with: its result as JSON text, or the error. */
export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
    };

/** The outcome of an invocation that did not run to its end: there is no stack to show. */
export const failure = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  errorType,
  errorMessage,
  trace: [],
});
