import type { CoreQueue } from "./definition.ts";

/** Physical names, fixed so that alarms, runbook pages and people at a terminal can say them. */
export const stackName = (stage: string, id: string): string => `rapport-${stage}-${id}`;

export const functionName = (stage: string, id: string): string => `rapport-${stage}-${id}`;

export const logGroupName = (stage: string, id: string): string => `/aws/lambda/${functionName(stage, id)}`;

export const queueName = (stage: string, id: string, queue: string): string =>
  queue === "queue" ? `rapport-${stage}-${id}` : `rapport-${stage}-${id}-${queue}`;

export const deadLetterQueueName = (stage: string, id: string): string => `rapport-${stage}-${id}-dlq`;

const suffix = (queue: CoreQueue): string => (queue === "inbox" ? ".fifo" : "");

export const coreQueueName = (stage: string, queue: CoreQueue): string =>
  `rapport-${stage}-${queue}${suffix(queue)}`;

export const coreDeadLetterQueueName = (stage: string, queue: CoreQueue): string =>
  `rapport-${stage}-${queue}-dlq${suffix(queue)}`;
