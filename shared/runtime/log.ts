import type { Log } from "#ports/telemetry.ts";
import { service } from "./env.ts";

/** One line of JSON as Lambda takes it over, neither wrapped nor split: `console` would do both. */
export const writeLine = (line: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Which version of the function failed: a canary's alarm counts those of the new one alone. */
const version = process.env.AWS_LAMBDA_FUNCTION_VERSION;

/** `level` and `timestamp` are what Lambda's own filter of log levels looks at ("Configuring advanced logging controls"). */
const write = (level: "INFO" | "WARN" | "ERROR", message: string, fields: object): void =>
  writeLine({ level, message, timestamp: new Date().toISOString(), service, ...fields });

/** Names where in our code an error rose. Its message is left out: it may quote input. */
const origin = (error: unknown): { error: string; stack: string[] } => {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { error: error.name, stack: frames.slice(0, 6).map((line) => line.trim()) };
};

export const log: Log = {
  info: (message, fields = {}) => write("INFO", message, fields),
  warn: (message, fields = {}) => write("WARN", message, fields),
  error: (message, error, fields = {}) => write("ERROR", message, { version, ...fields, ...origin(error) }),
};
