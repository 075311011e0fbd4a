import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { collectGarbage } from "../machine/collect-garbage.ts";
import type { FromWorker, FunctionError, ToWorker, WorkerSettings } from "./messages.ts";
import { oncePerTurn } from "./once-per-turn.ts";
import { carryRequestsOverPort } from "./port-http.ts";
import { shiftDate } from "./shift-date.ts";

/** One execution environment of one function: its own thread, environment and clock. */
const settings: WorkerSettings = workerData;
const port = parentPort;
if (port === null) throw new Error("worker.ts runs as a worker thread only");
const { add: send, flush } = oncePerTurn<FromWorker>((messages) => port.postMessage(messages));
// A function that ends its process is heard to the end.
process.once("exit", flush);

shiftDate(settings.clock);
const takeAnswer = carryRequestsOverPort(settings.endpoint, send);

for (const stream of [process.stdout, process.stderr]) {
  Object.assign(stream, {
    write: (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
      send({ kind: "log", text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8") });
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    },
  });
}

type Handler = (event: unknown, context: unknown) => unknown;

async function loadHandler(): Promise<Handler> {
  const module = await import(settings.handlerFile);
  const handler = module[settings.handlerExport] ?? module.default?.[settings.handlerExport];
  if (typeof handler === "function") return handler;
  throw new Error(`${settings.handlerFile} exports no function named ${settings.handlerExport}`);
}

type Invocation = Extract<ToWorker, { kind: "invoke" }>;

function contextOf(invocation: Invocation): object {
  const deadline = performance.now() + invocation.timeLeft;
  return {
    functionName: settings.functionName,
    functionVersion: "1",
    invokedFunctionArn: invocation.invokedArn,
    memoryLimitInMB: String(settings.memoryMegabytes),
    awsRequestId: invocation.requestId,
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

async function invoke(handler: Handler, invocation: Invocation): Promise<void> {
  const { id } = invocation;
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    send({ kind: "result", id, payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    send({ kind: "failure", id, error: describe(error) });
  }
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: "Error", errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

async function start(to: MessagePort): Promise<void> {
  let handler: Handler | null = null;
  // Before the handler loads: its init may call AWS already.
  to.on("message", (messages: readonly ToWorker[]) => {
    for (const message of messages) {
      if (message.kind === "response") takeAnswer(message);
      else if (handler !== null) void invoke(handler, message);
    }
  });
  try {
    handler = await loadHandler();
    // With a thread a function it adds up; measured, 22 -> 16 MB a thread.
    collectGarbage();
    send({ kind: "ready" });
  } catch (error) {
    send({ kind: "initFailed", error: describe(error) });
  }
}

void start(port);
