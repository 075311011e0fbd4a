import { Logger } from "@aws-lambda-powertools/logger";

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

const logger = new Logger({ serviceName: process.env.RAPPORT_FUNCTION ?? "rapport" });

/** Names where in our code an error rose. Its message is left out: it may quote input. */
const origin = (error: unknown): { error: string; stack: string[] } => {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { error: error.name, stack: frames.slice(0, 6).map((line) => line.trim()) };
};

export const log = {
  info: (message: string, fields: LogFields = {}): void => logger.info(message, { ...fields }),
  warn: (message: string, fields: LogFields = {}): void => logger.warn(message, { ...fields }),
  /** `error` is told by name and place only. */
  error: (message: string, error: unknown, fields: LogFields = {}): void =>
    logger.error(message, { ...fields, ...origin(error) }),
};
