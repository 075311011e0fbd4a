import middy from "@middy/core";
import { $ZodError } from "zod/v4/core";
import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import { asRapportError } from "./errors.ts";
import { log } from "./log.ts";
import { count, keepLongest, metricsFlush } from "./metrics.ts";
import { type QueueControl, type SqsRecord, sqsQueueControl } from "./queue-control.ts";

export type SqsEvent = { readonly Records: readonly SqsRecord[] };
export type SqsBatchResult = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };
type LambdaContext = { readonly getRemainingTimeInMillis: () => number };

/** One message as a handler sees it. `body` is parsed JSON, still to be validated. */
export type WorkerRecord = {
  readonly id: string;
  readonly body: unknown;
  readonly group: string | undefined;
  /** Name of the queue it came by: tells the lanes of a sender apart. */
  readonly queue: string;
  readonly receiveCount: number;
};
export type Work = (record: WorkerRecord) => Promise<void>;

/** Below this the rest of the batch is given back untouched rather than cut off in the middle. */
const TIME_TO_STOP_MS = 2_000;
const MAX_BACKOFF_SECONDS = 60;

/** 1, 2, 4 ... 60 s: seconds, so that a group is never held for long (invariant 1). */
const backoffSeconds = (receiveCount: number): number =>
  Math.min(MAX_BACKOFF_SECONDS, 2 ** Math.max(0, receiveCount - 1));

const parseBody = (record: SqsRecord): unknown => {
  try {
    return JSON.parse(record.body);
  } catch (cause) {
    throw new RapportError("malformed_json", "the message is not valid JSON", { cause });
  }
};

const queueOf = (arn: string): string => arn.split(":").at(-1) ?? "";

const toWorkerRecord = (record: SqsRecord): WorkerRecord => ({
  id: record.messageId,
  body: parseBody(record),
  group: record.attributes.MessageGroupId,
  queue: queueOf(record.eventSourceARN),
  receiveCount: Number(record.attributes.ApproximateReceiveCount),
});

/** Records that must stay in order together; those of a standard queue stand alone. */
const inGroups = (records: readonly SqsRecord[]): SqsRecord[][] => {
  const groups = new Map<string, SqsRecord[]>();
  for (const record of records) {
    const key = record.attributes.MessageGroupId ?? record.messageId;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()];
};

const asWorkError = (error: unknown): RapportError =>
  error instanceof $ZodError
    ? new RapportError("invalid_request", "the message does not have the expected shape", { cause: error })
    : asRapportError(error);

/** Done, or given up for good with the reason kept in the dead-letter queue; throws what may succeed later. */
const workOne = async (record: SqsRecord, work: Work, control: QueueControl): Promise<void> => {
  try {
    await work(toWorkerRecord(record));
  } catch (thrown) {
    const error = asWorkError(thrown);
    if (error.transient) throw error;
    log.error("dead-lettered", error.cause ?? error, { recordId: record.messageId, code: error.code });
    count(METRICS.deadLettered, 1, error.code);
    await control.deadLetter(record, error);
  }
};

/** SQS leaves what was received three times out of the age of its oldest message, so the worker tells it itself. */
const noteAge = ({ attributes, eventSourceARN }: SqsRecord): void => {
  const sent = Number(attributes.SentTimestamp ?? Number.NaN);
  if (Number.isNaN(sent)) return;
  const queue = queueOf(eventSourceARN);
  keepLongest(METRICS.failedRecordAge, Math.round((Date.now() - sent) / 1_000), { queue });
};

const workGroup = async (
  group: readonly SqsRecord[],
  work: Work,
  control: QueueControl,
  context: LambdaContext,
): Promise<SqsRecord[]> => {
  for (const [index, record] of group.entries()) {
    if (context.getRemainingTimeInMillis() < TIME_TO_STOP_MS) return group.slice(index);
    try {
      await workOne(record, work, control);
    } catch (error) {
      const rest = group.slice(index);
      const receiveCount = Number(record.attributes.ApproximateReceiveCount);
      log.warn("to be retried", {
        recordId: record.messageId,
        code: asRapportError(error).code,
        attempt: receiveCount,
      });
      noteAge(record);
      await control.retryIn(rest, backoffSeconds(receiveCount));
      return rest;
    }
  }
  return [];
};

/**
 * The pipeline of every SQS worker. Groups run side by side, records of a group in order. What may succeed later is
 * retried in seconds; what never will goes to the dead-letter queue with its reason, by the worker itself.
 */
export const workerHandler = (work: Work, options: { control?: QueueControl } = {}) => {
  let control = options.control;
  return middy<SqsEvent, SqsBatchResult>()
    .use(metricsFlush())
    .handler(async function runWorker(event: SqsEvent, context: LambdaContext): Promise<SqsBatchResult> {
      control ??= sqsQueueControl();
      const queues = control;
      const failed = await Promise.all(
        inGroups(event.Records).map((group) => workGroup(group, work, queues, context)),
      );
      return {
        batchItemFailures: failed.flat().map((record) => ({ itemIdentifier: record.messageId })),
      };
    });
};
