import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { numberAt, textAt } from "../aws/json.ts";
import { AwsError } from "../aws/protocol.ts";
import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";

type Task = {
  readonly handle: string;
  readonly source: Queue;
  readonly destination: Queue | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  moved: number;
  status: "RUNNING" | "COMPLETED" | "CANCELLED" | "FAILED";
  failure: string | undefined;
};

const MOST_PER_SECOND = 500;
const MOST_RESULTS = 10;

const invalid = (message: string): AwsError =>
  new AwsError("com.amazonaws.sqs#InvalidParameterValue", message);
const missing = (message: string): AwsError =>
  new AwsError("com.amazonaws.sqs#ResourceNotFoundException", message, 404);

/** What a list of tasks says of one; only one that runs has a handle (SQS API reference, ListMessageMoveTasks). */
const described = (task: Task): object => ({
  ...(task.status === "RUNNING" ? { TaskHandle: task.handle } : {}),
  Status: task.status,
  SourceArn: task.source.settings.arn,
  ...(task.destination === undefined ? {} : { DestinationArn: task.destination.settings.arn }),
  ...(task.perSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.perSecond }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
  StartedTimestamp: task.startedAt,
});

const queueAt = (queues: Queues, input: JsonObject, name: "SourceArn" | "DestinationArn"): Queue => {
  const queue = queues.byArn(textAt(input, name) ?? "");
  if (queue !== undefined) return queue;
  throw missing(`The resource that you specified for the ${name} parameter doesn't exist.`);
};

const isRunning = ({ status }: Task): boolean => status === "RUNNING";

const newTask = (queues: Queues, input: JsonObject, startedAt: number): Task => {
  const source = queueAt(queues, input, "SourceArn");
  const { arn, fifo } = source.settings;
  if (!queues.all().some(({ settings }) => settings.redrive?.targetArn === arn))
    throw invalid("Source queue must be configured as a Dead Letter Queue.");
  const isNamed = textAt(input, "DestinationArn") !== undefined;
  const destination = isNamed ? queueAt(queues, input, "DestinationArn") : undefined;
  if (destination !== undefined && destination.settings.fifo !== fifo)
    throw invalid("Source and destination queues must be of the same type.");
  const perSecond = numberAt(input, "MaxNumberOfMessagesPerSecond");
  if (perSecond !== undefined && (perSecond < 1 || perSecond > MOST_PER_SECOND))
    throw invalid(`MaxNumberOfMessagesPerSecond must be between 1 and ${MOST_PER_SECOND}.`);
  return {
    handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: arn })).toString("base64"),
    source,
    destination,
    perSecond,
    startedAt,
    toMove: source.counts().ready,
    moved: 0,
    status: "RUNNING",
    failure: undefined,
  };
};

type Around = { readonly queues: Queues; readonly clock: CloudClock; readonly agenda: Agenda };

/**
 * The redrive of dead-letter queues: a task moves what lies in one to the queue that is named, else each message to the queue
 * from which SQS moved it. One that somebody sent there has none: the task fails with `CouldNotDetermineMessageSource`.
 */
export const createMoveTasks = ({ queues, clock, agenda }: Around) => {
  const tasks: Task[] = [];

  const work = (task: Task): void => {
    if (!isRunning(task)) return;
    const { source, destination, perSecond = MOST_PER_SECOND } = task;
    const to = (origin: string | undefined): Queue | undefined =>
      destination ?? (origin === undefined ? undefined : queues.byArn(origin));
    for (let left = perSecond; left > 0; left -= 1) {
      const outcome = source.moveOne(to);
      if (outcome === "moved") task.moved += 1;
      if (outcome === "stuck") {
        task.status = "FAILED";
        task.failure = "CouldNotDetermineMessageSource";
        return;
      }
      if (outcome === "none") break;
    }
    if (source.receivable()) agenda.at(clock.now() + 1_000, () => work(task));
    else task.status = "COMPLETED";
  };

  return {
    start: (input: JsonObject): object => {
      const task = newTask(queues, input, clock.now());
      if (tasks.some((one) => one.source === task.source && isRunning(one)))
        throw invalid("There is already a task running. Only one is allowed for a source queue at a time.");
      tasks.unshift(task);
      agenda.at(clock.now(), () => work(task));
      return { TaskHandle: task.handle };
    },
    list: (input: JsonObject): object => {
      const source = queueAt(queues, input, "SourceArn");
      const most = numberAt(input, "MaxResults") ?? 1;
      if (most < 1 || most > MOST_RESULTS) throw invalid(`MaxResults must be between 1 and ${MOST_RESULTS}.`);
      const own = tasks.filter((task) => task.source === source);
      return { Results: own.slice(0, most).map(described) };
    },
    cancel: (input: JsonObject): object => {
      const task = tasks.find(({ handle }) => handle === textAt(input, "TaskHandle"));
      if (task === undefined || !isRunning(task)) throw missing("Task does not exist.");
      task.status = "CANCELLED";
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  };
};
