import { randomBytes } from "node:crypto";
import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { NONCE_BYTES, sealRecord } from "#domain/decision-log/sealed-record.ts";
import { RapportError } from "#kernel/errors.ts";
import type { DecisionLog } from "#ports/decision-log.ts";

/** PutRecordBatch takes up to 500 records and 4 MiB; a call asks for 20 placements at most. */
const MAX_TRIES = 3;

/** Sealed records, one JSON text a line, to a delivery stream that puts them in S3. One request a call. */
export const firehoseDecisionLog = (options: { client: FirehoseClient; stream: string }): DecisionLog => ({
  write: async (entries) => {
    let left = entries.map(({ record, key }) => ({
      Data: Buffer.from(`${JSON.stringify(sealRecord(record, key, randomBytes(NONCE_BYTES)))}\n`),
    }));
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === MAX_TRIES) {
        throw new RapportError("unavailable", "the decision log takes no records", { retryAfter: 1 });
      }
      const batch = left;
      const answer = await options.client.send(
        new PutRecordBatchCommand({ DeliveryStreamName: options.stream, Records: batch }),
      );
      left =
        answer.FailedPutCount === 0
          ? []
          : batch.filter((_, index) => answer.RequestResponses?.[index]?.ErrorCode !== undefined);
    }
  },
});
