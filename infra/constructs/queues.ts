import * as iam from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import { CfnEventSourceMapping } from "aws-cdk-lib/aws-lambda";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { type CoreName, ENV } from "#runtime/names.ts";
import { MOST_RECEIVES } from "#runtime/patience.ts";
import type {
  CoreQueue,
  FunctionDefinition,
  FunctionFolder,
  QueueDefinition,
  Settings,
} from "./definition.ts";
import { coreDeadLetterQueueName, coreQueueName, deadLetterQueueName, queueName } from "./names.ts";
import { addQueueSources } from "./queue-sources.ts";

/** Lanes beside the one that everybody waits for. */
const SECOND_LANES: readonly string[] = ["bulk", "patient"];

/** A queue as its consumer and its alarms see it. */
export interface ConsumedQueue {
  readonly arn: string;
  readonly url: string;
  readonly physicalName: string;
  /** Marks the queue's alarm, `late`, or `late-bulk` of a lane beside it. */
  readonly alarm: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number | undefined;
  readonly maximumConcurrency: number | undefined;
  readonly lateAfterSeconds: number;
}

/** A dead-letter queue and the mark of its alarm. */
export interface WatchedDeadLetters {
  readonly physicalName: string;
  readonly alarm: string;
}

/** All queues of one worker; empty lists for a function without any. */
export interface WorkerQueues {
  readonly consumed: readonly ConsumedQueue[];
  readonly deadLetters: readonly WatchedDeadLetters[];
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly iam.PolicyStatement[];
}

interface QueuesProps {
  readonly folder: FunctionFolder;
  readonly definition: FunctionDefinition;
  readonly settings: Settings;
  readonly core: (name: CoreName) => string;
  readonly timeoutSeconds: number;
}

/**
 * How long a message is its worker's own: six times the function's timeout, so that pollers whose calls are throttled have
 * the time to try again ("Configuring an Amazon SQS queue for use with Lambda").
 */
export const visibilityFor = (timeoutSeconds: number): Duration => Duration.seconds(6 * timeoutSeconds);

const CONSUME = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
];

/** Makes the function's own queues with their one dead-letter queue, and gathers those of core that it empties. */
export const addQueues = (stack: Stack, props: QueuesProps): WorkerQueues => {
  const { definition, settings } = props;
  const core = (definition.consumes ?? []).map((name) => coreQueue(props, name));
  const coreDeadLetters = (definition.consumes ?? []).map((name) => ({
    physicalName: coreDeadLetterQueueName(settings.stage, name),
    alarm: definition.queues ? `${name}-dead-letter` : "dead-letter",
  }));
  const definitions =
    typeof definition.queues === "function" ? definition.queues(settings) : (definition.queues ?? []);
  if (definitions.length === 0 && core.length === 0) {
    return { consumed: [], deadLetters: [], environment: {}, statements: [] };
  }

  const own = definitions.length > 0 ? addOwnQueues(stack, props, definitions) : undefined;
  const consumed = [...core, ...(own?.queues ?? [])];
  const deadLetterArn = own?.deadLetters.queueArn ?? props.core("queues/inbox-dlq-arn");
  return {
    consumed,
    deadLetters: own
      ? [
          ...coreDeadLetters,
          { physicalName: deadLetterQueueName(settings.stage, props.folder.id), alarm: "dead-letter" },
        ]
      : coreDeadLetters,
    environment: {
      // Several queues are told apart by the last part of URL and ARN, which is the same.
      [ENV.queueUrl]: consumed.map((queue) => queue.url).join(","),
      [ENV.deadLetterUrl]: own?.deadLetters.queueUrl ?? props.core("queues/inbox-dlq-url"),
    },
    statements: [
      new iam.PolicyStatement({ actions: CONSUME, resources: consumed.map((queue) => queue.arn) }),
      // A worker writes what will never succeed to the dead-letter queue itself, with the reason.
      new iam.PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetterArn] }),
    ],
  };
};

/** Lets SQS hand records over to the alias, each of which may fail alone. */
export const feedFunction = (stack: Stack, live: lambda.Alias, queues: WorkerQueues): void => {
  for (const queue of queues.consumed) {
    new CfnEventSourceMapping(stack, `Feed${queue.physicalName}`.replace(/\W/g, ""), {
      functionName: live.functionArn,
      eventSourceArn: queue.arn,
      batchSize: queue.batchSize,
      ...(queue.batchingWindowSeconds ? { maximumBatchingWindowInSeconds: queue.batchingWindowSeconds } : {}),
      functionResponseTypes: ["ReportBatchItemFailures"],
      ...(queue.maximumConcurrency
        ? { scalingConfig: { maximumConcurrency: queue.maximumConcurrency } }
        : {}),
    });
  }
};

/** SQS counts the delay that a timer waits by intent, 15 minutes at most, as age. */
const LATE_AFTER_SECONDS: Record<CoreQueue, number> = { inbox: 120, due: 15 * 60 + 120 };

const coreQueue = (props: QueuesProps, name: CoreQueue): ConsumedQueue => ({
  arn: props.core(`queues/${name}-arn`),
  url: props.core(`queues/${name}-url`),
  physicalName: coreQueueName(props.settings.stage, name),
  alarm: props.definition.queues ? `${name}-late` : "late",
  batchSize: 10,
  batchingWindowSeconds: undefined,
  maximumConcurrency: undefined,
  lateAfterSeconds: LATE_AFTER_SECONDS[name],
});

interface OwnQueues {
  readonly queues: readonly ConsumedQueue[];
  readonly deadLetters: sqs.Queue;
}

const addOwnQueues = (
  stack: Stack,
  props: QueuesProps,
  definitions: readonly QueueDefinition[],
): OwnQueues => {
  const { folder, settings, timeoutSeconds } = props;
  const deadLetters = new sqs.Queue(stack, "DeadLetterQueue", {
    queueName: deadLetterQueueName(settings.stage, folder.id),
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const queues = definitions.map((definition): ConsumedQueue => {
    const name = queueName(settings.stage, folder.id, definition.name);
    const queue = new sqs.Queue(stack, `Queue-${definition.name}`, {
      queueName: name,
      // Not the data key: EventBridge and SNS would each need a share in it. SQS's own keys cost and leak nothing.
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: visibilityFor(timeoutSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    addQueueSources(stack, { definition, queue, deadLetters, core: props.core, folder, settings });
    return {
      arn: queue.queueArn,
      url: queue.queueUrl,
      physicalName: name,
      alarm: SECOND_LANES.includes(definition.name) ? `late-${definition.name}` : "late",
      batchSize: definition.batchSize ?? 10,
      batchingWindowSeconds: definition.batchingWindowSeconds,
      maximumConcurrency: definition.maximumConcurrency,
      lateAfterSeconds: definition.lateAfterSeconds ?? 300,
    };
  });
  return { queues, deadLetters };
};
