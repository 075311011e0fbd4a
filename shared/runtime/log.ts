import { service } from "./env.ts";

/**
 * Fields a log line may carry: ids, names of ours, counts. Nothing a customer typed or an address:
 * the type is the first guard, the leak test (test/flows) the second.
 */
export type LogFields = {
  readonly customerId?: string;
  readonly eventId?: string;
  readonly decisionId?: string;
  readonly messageId?: string;
  readonly recordId?: string;
  readonly trigger?: string;
  readonly channel?: string;
  readonly playbook?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly route?: string;
  readonly count?: number;
  readonly attempt?: number;
};

/** One line of JSON as Lambda takes it over, neither wrapped nor split: `console` would do both. */
export const writeLine = (line: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** `level` and `timestamp` are what Lambda's own filter of log levels looks at ("Configuring advanced logging controls"). */
const tell = (level: "INFO" | "WARN" | "ERROR", message: string, fields: object): void =>
  writeLine({ level, message, timestamp: new Date().toISOString(), service, ...fields });

/** Names where in our code an error rose. Its message is left out: it may quote input. */
const origin = (error: unknown): { error: string; stack: string[] } => {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { error: error.name, stack: frames.slice(0, 6).map((line) => line.trim()) };
};

export const log = {
  info: (message: string, fields: LogFields = {}): void => tell("INFO", message, fields),
  warn: (message: string, fields: LogFields = {}): void => tell("WARN", message, fields),
  /** `error` is told by name and place only. */
  error: (message: string, error: unknown, fields: LogFields = {}): void =>
    tell("ERROR", message, { ...fields, ...origin(error) }),
};
