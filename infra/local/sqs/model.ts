/** A queue as its template describes it. Times in seconds, as CloudFormation gives them. */
export type QueueSettings = {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly receiveWait: number;
  readonly retention: number;
  readonly contentBasedDeduplication: boolean;
  /** `messageGroup`: one deduplication id may be used once in each group (high-throughput FIFO). */
  readonly deduplicationScope: "queue" | "messageGroup";
  readonly redrive: { readonly targetArn: string; readonly maxReceiveCount: number } | null;
};

export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};
export type MessageAttributes = { readonly [name: string]: MessageAttribute };

export type NewMessage = {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delaySeconds?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** `AWSTraceHeader` and the like. */
  readonly systemAttributes?: { readonly [name: string]: string };
};

/** What stays in memory of a waiting message; the body lies in SQLite alone. Times in ms. */
export type Entry = {
  readonly seq: number;
  readonly id: string;
  readonly group: string | null;
  readonly deduplicationId: string | null;
  readonly sentAt: number;
  receives: number;
  firstReceivedAt: number | null;
  /** Which receive holds it; a receipt handle of an earlier one no longer deletes (FIFO) or changes it. */
  receipt: number;
  state: "waiting" | "ready" | "held" | "gone";
  visibleAt: number;
};

export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: { readonly [name: string]: string };
  readonly messageAttributes: MessageAttributes;
};

export type SendResult = { readonly messageId: string; readonly sequenceNumber: string | null };
