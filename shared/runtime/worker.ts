import middy from "@middy/core";
import { $ZodError } from "zod/v4/core";
import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import { asRapportError } from "./errors.ts";
import { log } from "./log.ts";
import { count, keepLongest, metricsFlush } from "./metrics.ts";
import {
  isGivenUp,
  RECEIVES_OF_SUSPECT,
  RECEIVES_TO_PASS,
  refuseDeadly,
  TRIES_OF_UNFORESEEN,
  waitSeconds,
} from "./patience.ts";
import { type QueueControl, type SqsRecord, sqsQueueControl } from "./queue-control.ts";

export type SqsEvent = { readonly Records: readonly SqsRecord[] };
export type SqsBatchResult = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };
type LambdaContext = { readonly getRemainingTimeInMillis: () => number };

/** One message as a handler sees it. `body` is parsed JSON, or what its worker reads instead, still to be validated. */
export type WorkerRecord = {
  readonly id: string;
  readonly body: unknown;
  readonly group: string | undefined;
  /** Name of the queue it came by: tells the lanes of a sender apart. */
  readonly queue: string;
  readonly receiveCount: number;
  /** What fails now for a reason that nobody foresaw is not tried again. */
  readonly isLastTry: boolean;
};
export type Work = (record: WorkerRecord) => Promise<void>;
/** Does what all records of one group ask for at once, in their order: everything, or what can be done again. */
export type WorkTogether = (records: readonly WorkerRecord[]) => Promise<void>;

/** Below this the rest of the batch is given back untouched rather than cut off in the middle. */
const TIME_TO_STOP_MS = 2_000;

type Worker = {
  readonly work: Work;
  readonly control: QueueControl;
  /** A message received more often is given up, whatever it fails for. */
  readonly mostReceives: number;
  /** Absent: a group's records are worked on one after another. */
  readonly together: WorkTogether | undefined;
  /** Reads the text of a message; default: as JSON. */
  readonly read: (text: string) => unknown;
};

export type WorkerOptions = Partial<Pick<Worker, "control" | "mostReceives" | "together" | "read">>;

/** The JSON of a message. Throws `malformed_json`. */
export const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RapportError("malformed_json", "the message is not valid JSON", { cause });
  }
};

const queueOf = (arn: string): string => arn.split(":").at(-1) ?? "";

const receivesOf = ({ attributes }: SqsRecord): number => Number(attributes.ApproximateReceiveCount);

/** Milliseconds since it was first received. */
const ageOf = ({ attributes }: SqsRecord): number =>
  Date.now() - Number(attributes.ApproximateFirstReceiveTimestamp ?? 0);

const toWorkerRecord = (record: SqsRecord, isHead: boolean, { read }: Worker): WorkerRecord => ({
  id: record.messageId,
  body: read(record.body),
  group: record.attributes.MessageGroupId,
  queue: queueOf(record.eventSourceARN),
  receiveCount: receivesOf(record),
  isLastTry: isHead && receivesOf(record) >= TRIES_OF_UNFORESEEN,
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

/**
 * Done, or given up for good with the reason kept in the dead-letter queue; throws what may succeed later.
 * @param isHead first of its group: those behind it were received as often without being tried, so their count says nothing
 */
const workOne = async (record: SqsRecord, isHead: boolean, worker: Worker): Promise<void> => {
  const { work, control, mostReceives } = worker;
  const receiveCount = receivesOf(record);
  try {
    if (isHead) refuseDeadly({ receiveCount, mostReceives, age: ageOf(record) });
    await work(toWorkerRecord(record, isHead, worker));
  } catch (thrown) {
    const error = asWorkError(thrown);
    if (!isGivenUp(error, isHead ? receiveCount : 1, mostReceives)) throw error;
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

/**
 * Whether a group's records could all be done at once. Only when they come for the first time: what failed before, or ended
 * a worker, is tried one by one, so that it is known which of them it was.
 */
const doneTogether = async (group: readonly SqsRecord[], worker: Worker): Promise<boolean> => {
  const { together } = worker;
  if (together === undefined || group.length < 2 || group.some((record) => receivesOf(record) > 1))
    return false;
  try {
    await together(group.map((record) => toWorkerRecord(record, false, worker)));
    return true;
  } catch (error) {
    log.warn("to be done one by one", { count: group.length, code: asWorkError(error).code });
    return false;
  }
};

/**
 * Lets a group whose head came back again and again be seen soon after this worker's time is over. Should it end the
 * worker, it is back sooner than one that no worker was free to take (`refuseDeadly` tells them apart by that).
 */
const watchSuspect = async (
  group: readonly SqsRecord[],
  { control }: Worker,
  context: LambdaContext,
): Promise<void> => {
  const [head] = group;
  if (head === undefined || receivesOf(head) < RECEIVES_OF_SUSPECT) return;
  await control.retryIn(group, Math.ceil(context.getRemainingTimeInMillis() / 1_000) + 1);
};

const workGroup = async (
  group: readonly SqsRecord[],
  worker: Worker,
  context: LambdaContext,
): Promise<SqsRecord[]> => {
  const hasTime = context.getRemainingTimeInMillis() >= TIME_TO_STOP_MS;
  if (hasTime && (await doneTogether(group, worker))) return [];
  await watchSuspect(group, worker, context);
  for (const [index, record] of group.entries()) {
    if (context.getRemainingTimeInMillis() < TIME_TO_STOP_MS) return group.slice(index);
    try {
      await workOne(record, index === 0, worker);
    } catch (error) {
      const rest = group.slice(index);
      const receiveCount = receivesOf(record);
      const { code, retryAfter } = asRapportError(error);
      log.warn("to be retried", {
        recordId: record.messageId,
        code,
        attempt: receiveCount,
      });
      noteAge(record);
      await worker.control.retryIn(rest, waitSeconds(receiveCount, retryAfter));
      return rest;
    }
  }
  return [];
};

/**
 * The pipeline of every SQS worker. Groups run side by side, records of a group in order, or `together`. What may succeed later is
 * retried in seconds, for hours if a service is down (patience.ts); what never will goes to the dead-letter queue with its
 * reason, by the worker itself.
 */
export const workerHandler = (work: Work, options: WorkerOptions = {}) => {
  let { control } = options;
  const { mostReceives = RECEIVES_TO_PASS, together, read = parseBody } = options;
  return middy<SqsEvent, SqsBatchResult>()
    .use(metricsFlush())
    .handler(async function runWorker(event: SqsEvent, context: LambdaContext): Promise<SqsBatchResult> {
      control ??= sqsQueueControl();
      const worker: Worker = { work, control, mostReceives, together, read };
      const failed = await Promise.all(
        inGroups(event.Records).map((group) => workGroup(group, worker, context)),
      );
      return {
        batchItemFailures: failed.flat().map((record) => ({ itemIdentifier: record.messageId })),
      };
    });
};
