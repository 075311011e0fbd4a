import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { objectAt, objectsAt, parseObject, textAt } from "../aws/json.ts";
import { AwsError, jsonResponse, type Service } from "../aws/protocol.ts";
import type { ObjectStore } from "../s3/objects.ts";

/** A delivery stream: the bucket it fills, and under what prefix. */
export type StreamSettings = { readonly name: string; readonly bucket: string; readonly prefix: string };

const MAX_RECORDS = 500;
const MAX_RECORD_BYTES = 1_024_000;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Fills in `!{timestamp:yyyy-MM-dd}` and the like, in UTC (Firehose developer guide, "Custom prefixes"). */
export function objectPrefix(prefix: string, now: number): string {
  const [date = "", time = ""] = new Date(now).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return prefix.replace(/!\{timestamp:([^}]+)\}/g, (_, pattern: string) =>
    pattern
      .replaceAll("yyyy", year)
      .replaceAll("MM", month)
      .replaceAll("dd", day)
      .replaceAll("HH", time.slice(0, 2)),
  );
}

/**
 * PutRecord and PutRecordBatch. Records go to their object at once and are durable when answered: with nobody waiting
 * for a buffer to fill, a simulation sees the decision that was made a moment ago. One object an hour.
 */
export function createFirehoseService(
  streams: readonly StreamSettings[],
  objects: ObjectStore,
  now: () => number,
): Service {
  const put = (stream: StreamSettings, records: readonly JsonObject[]): void => {
    const bodies = records.map((record) => Buffer.from(textAt(record, "Data") ?? "", "base64"));
    if (bodies.some((body) => body.length > MAX_RECORD_BYTES)) {
      throw new AwsError("ValidationException", "Record size exceeds the limit of 1,000 KiB.");
    }
    const at = now();
    const key = `${objectPrefix(stream.prefix, at)}${stream.name}-1.json`;
    objects.append(stream.bucket, key, Buffer.concat(bodies), at);
  };
  return (operation, request) => {
    if (operation !== "PutRecord" && operation !== "PutRecordBatch") return null;
    const body = parseObject(request.body) ?? {};
    const name = textAt(body, "DeliveryStreamName");
    const stream = streams.find((one) => one.name === name);
    if (stream === undefined) {
      throw new AwsError("ResourceNotFoundException", `Delivery stream ${name} not found.`);
    }
    const type = "application/x-amz-json-1.1";
    if (operation === "PutRecord") {
      put(stream, [objectAt(body, "Record")]);
      return jsonResponse({ RecordId: randomUUID(), Encrypted: true }, type);
    }
    const records = objectsAt(body, "Records");
    if (records.length === 0 || records.length > MAX_RECORDS || request.body.length > MAX_BATCH_BYTES * 1.4) {
      throw new AwsError("ValidationException", "A batch has 1 to 500 records and at most 4 MiB.");
    }
    put(stream, records);
    const responses = records.map(() => ({ RecordId: randomUUID() }));
    return jsonResponse({ FailedPutCount: 0, Encrypted: true, RequestResponses: responses }, type);
  };
}
