import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { ACCOUNT, REGION } from "../aws/place.ts";
import type { AwsResponse } from "../aws/protocol.ts";
import { type FunctionSettings, failure, type Outcome } from "./function.ts";
import { createInvocations } from "./invocations.ts";
import type { FromWorker, FunctionError, ToWorker, WorkerSettings } from "./messages.ts";
import { oncePerTurn } from "./once-per-turn.ts";
import { workerCode } from "./worker-code.ts";

/** One running copy of a function: a worker thread. */
export type ExecutionEnvironment = {
  readonly ready: Promise<void>;
  /** Invocations under way. */
  readonly running: () => number;
  readonly invoke: (event: string) => Promise<Outcome>;
  /** Ends the thread at once; what runs in it fails like a crashed Lambda. */
  readonly kill: () => Promise<void>;
  /** Whether it takes invocations; one whose time was up takes none, and ends with those that run. */
  readonly alive: () => boolean;
};

export type PortRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
};
export type Surroundings = {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly clock: SharedArrayBuffer;
  /** Answers a request of the function to an AWS service; null when its thread was made to crash. */
  readonly request: (
    request: PortRequest,
    label: string,
    crash: () => void,
  ) => Promise<AwsResponse | null> | AwsResponse;
  readonly log: (label: string, line: string) => void;
  readonly onExit: () => void;
};

export function startEnvironment(settings: FunctionSettings, around: Surroundings): ExecutionEnvironment {
  const worker = startWorker(settings, around);
  const logText = (text: string): void => {
    for (const line of text.split("\n")) around.log(settings.label, line);
  };
  // What Node itself writes when a thread dies does not pass through the port.
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", logText);
  }

  let alive = true;
  let worn = false;
  /** Lambda ends an environment whose time is up, and nothing else runs in it; here others do, and they end as they would there. */
  const endWhenDone = (): void => {
    if (worn && invocations.count() === 0) void kill();
  };
  const invocations = createInvocations(settings, () => {
    worn = true;
    endWhenDone();
  });
  const ready = Promise.withResolvers<void>();
  const { add: post } = oncePerTurn<ToWorker>((messages) => {
    if (alive) worker.postMessage(messages);
  });
  const kill = async (): Promise<void> => {
    if (!alive) return;
    alive = false;
    await worker.terminate();
  };
  const answerRequest = async (message: Extract<FromWorker, { kind: "request" }>): Promise<void> => {
    const response = await around.request(message, settings.label, () => void kill());
    if (response !== null) post({ kind: "response", id: message.id, ...response });
  };
  const take = (message: FromWorker): void => {
    if (message.kind === "request") void answerRequest(message);
    else if (message.kind === "log") logText(message.text);
    else if (message.kind === "ready") ready.resolve();
    else if (message.kind === "initFailed") {
      ready.reject(initError(settings, message.error));
      void kill();
    } else {
      invocations.finish(message.id, outcomeOf(message));
      endWhenDone();
    }
  };
  worker.on("message", (messages: readonly FromWorker[]) => messages.forEach(take));
  worker.on("error", (error) => {
    around.log(settings.label, error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  worker.on("exit", (code) => {
    alive = false;
    ready.reject(new Error(`${settings.label} ended before it was ready (exit code ${code})`));
    invocations.finishAll(EXITED);
    around.onExit();
  });
  // Whoever awaits it hears of a failed start; nobody has to.
  ready.promise.catch(() => {});

  return {
    ready: ready.promise,
    alive: () => alive && !worn,
    running: invocations.count,
    kill,
    invoke: (event) =>
      new Promise((settle) => {
        post({
          kind: "invoke",
          id: invocations.begin(settle),
          event,
          requestId: randomUUID(),
          invokedArn: `${settings.arn}:live`,
          timeLeft: settings.timeoutSeconds * 1000,
        });
      }),
  };
}

function startWorker(settings: FunctionSettings, { endpoint, clock }: Surroundings): Worker {
  const workerData: WorkerSettings = {
    handlerFile: settings.handlerFile,
    handlerExport: settings.handlerExport,
    functionName: settings.name,
    memoryMegabytes: settings.memoryMegabytes,
    endpoint,
    clock,
  };
  return new Worker(workerCode(), {
    eval: true,
    workerData,
    env: environmentOf(settings, endpoint),
    execArgv: [],
    stdout: true,
    stderr: true,
    // Half of Node's own young generation: smaller costs time in collections, larger costs memory in each thread.
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(64, settings.memoryMegabytes),
      maxYoungGenerationSizeMb: 24,
    },
  });
}

const outcomeOf = (message: Extract<FromWorker, { kind: "result" | "failure" }>): Outcome =>
  message.kind === "failure" ? { ok: false, ...message.error } : { ok: true, payload: message.payload };

const EXITED = failure("Runtime.ExitError", "Runtime exited without providing a reason");

function initError(settings: FunctionSettings, error: FunctionError): Error {
  return new Error(
    `${settings.label} failed at init: ${error.errorType}: ${error.errorMessage}\n${error.trace.join("\n")}`,
  );
}

/** What Lambda sets, and what leads every AWS client to the loopback; nothing of this process's own environment. */
function environmentOf(
  settings: FunctionSettings,
  endpoint: Surroundings["endpoint"],
): { [name: string]: string } {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    TZ: "UTC",
    LANG: "en_US.UTF-8",
    NODE_ENV: "production",
    ...settings.environment,
    AWS_ENDPOINT_URL: `http://${endpoint.host}:${endpoint.port}`,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCOUNT_ID: ACCOUNT,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "1",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    _HANDLER: `index.${settings.handlerExport}`,
  };
}
