import type { Queue } from "../sqs/queue.ts";
import type { Queues } from "../sqs/queues.ts";
import type { MetricId } from "./settings.ts";

/** What a queue looks like now, by CloudWatch's name for it ("Available CloudWatch metrics for Amazon SQS"). */
const OF_A_QUEUE: { readonly [metric: string]: (queue: Queue, now: number) => number } = {
  ApproximateNumberOfMessagesVisible: (queue) => queue.counts().ready,
  ApproximateNumberOfMessagesNotVisible: (queue) => queue.counts().held,
  ApproximateNumberOfMessagesDelayed: (queue) => queue.counts().delayed,
  ApproximateAgeOfOldestMessage: (queue, now) => {
    const sentAt = queue.oldestSentAt();
    return sentAt === null ? 0 : Math.max(0, Math.floor((now - sentAt) / 1_000));
  },
};
const OF_A_FUNCTION: readonly string[] = ["Errors", "Throttles", "Invocations"];

/** A metric that is looked up when an alarm is evaluated; null: it is told as things happen. */
export type Gauge = { readonly queue: Queue; readonly now: (now: number) => number } | null;

export type KnownSources = { readonly queues: Queues; readonly functions: readonly string[] };

/** @throws Error when it is a metric of AWS that nothing here tells */
export function gaugeOf(metric: MetricId, known: KnownSources): Gauge {
  const { namespace, name, dimensions } = metric;
  if (namespace === "AWS/SQS") {
    const queue = known.queues.byName(dimensions.QueueName ?? "");
    const look = OF_A_QUEUE[name];
    if (queue !== undefined && look !== undefined) return { queue, now: (now) => look(queue, now) };
  } else if (namespace === "AWS/Lambda") {
    const isKnown = known.functions.includes(dimensions.FunctionName ?? "") && OF_A_FUNCTION.includes(name);
    if (isKnown) return null;
  } else if (!namespace.startsWith("AWS/")) return null;
  throw new Error(`the local cloud has no metric ${namespace} ${name} of ${JSON.stringify(dimensions)}`);
}
