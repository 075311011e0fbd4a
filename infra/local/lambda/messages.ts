/** What main thread and workers say to each other, in lists. Bodies travel as text: cloning a string is a copy of bytes. */
export type ToWorker =
  | {
      readonly kind: "invoke";
      readonly id: number;
      readonly event: string;
      readonly requestId: string;
      readonly invokedArn: string;
      /** Milliseconds from now after which the invocation is ended. */
      readonly timeLeft: number;
    }
  | {
      readonly kind: "response";
      readonly id: number;
      readonly status: number;
      readonly headers: { readonly [name: string]: string };
      /** Bytes come over as such. */
      readonly body: string | Uint8Array;
    };

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "initFailed"; readonly error: FunctionError }
  | {
      readonly kind: "request";
      readonly id: number;
      readonly method: string;
      readonly path: string;
      readonly headers: { readonly [name: string]: string };
      readonly body: string;
    }
  /** What the function wrote; on the port, so that it comes before the result of the same invocation. */
  | { readonly kind: "log"; readonly text: string }
  | { readonly kind: "result"; readonly id: number; readonly payload: string }
  | { readonly kind: "failure"; readonly id: number; readonly error: FunctionError };

/** As Lambda reports an unhandled error. */
export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

export type WorkerSettings = {
  readonly handlerFile: string;
  readonly handlerExport: string;
  readonly functionName: string;
  readonly memoryMegabytes: number;
  /** `127.0.0.1:4001`: requests there travel over the message port. */
  readonly endpoint: { readonly host: string; readonly port: number };
  /** One float: milliseconds by which time is shifted. */
  readonly clock: SharedArrayBuffer;
};
