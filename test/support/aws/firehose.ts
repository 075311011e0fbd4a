import { FirehoseClient, type PutRecordBatchCommand } from "@aws-sdk/client-firehose";

export type RecordingFirehose = ReturnType<typeof recordingFirehose>;

/** A delivery stream that keeps what it is given; `refuse` says how many records of the next batches it turns down. */
export const recordingFirehose = () => {
  let lines: string[] = [];
  let requests = 0;
  let refused = 0;
  const client = new FirehoseClient({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  client.middlewareStack.add(
    () => async (given) => {
      requests += 1;
      const { Records = [] } = given.input as PutRecordBatchCommand["input"];
      const turnedDown = Math.min(refused, Records.length);
      refused -= turnedDown;
      lines.push(...Records.slice(turnedDown).map(({ Data }) => Buffer.from(Data ?? []).toString("utf8")));
      const RequestResponses = Records.map((_, index) =>
        index < turnedDown ? { ErrorCode: "ServiceUnavailableException" } : { RecordId: String(index) },
      );
      return { response: {}, output: { $metadata: {}, FailedPutCount: turnedDown, RequestResponses } };
    },
    { step: "initialize", priority: "high" },
  );
  return {
    client,
    get requests() {
      return requests;
    },
    refuse: (records: number) => {
      refused = records;
    },
    /** The lines since the last time. */
    take: (): readonly string[] => {
      const taken = lines;
      lines = [];
      requests = 0;
      return taken;
    },
  };
};
