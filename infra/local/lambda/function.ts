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

export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
    };
