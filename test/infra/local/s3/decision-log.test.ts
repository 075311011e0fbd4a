import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsError, type AwsRequest } from "#infra/local/aws/protocol.ts";
import { createFirehoseService, objectPrefix } from "#infra/local/firehose/service.ts";
import { createObjectStore, type ObjectStore } from "#infra/local/s3/objects.ts";
import { createS3Service, s3Operation } from "#infra/local/s3/service.ts";
import { openState, type StateDatabase } from "#infra/local/state/database.ts";

const NOW = Date.parse("2026-11-21T09:30:00.000Z");
const STREAM = {
  name: "decisions",
  bucket: "log",
  prefix: "decisions/day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/",
};
const KEY = "decisions/day=2026-11-21/hour=09/decisions-1.json";

let folder: string;
let state: StateDatabase;
let objects: ObjectStore;
let now = NOW;

const open = (): void => {
  state = openState(folder);
  objects = createObjectStore(state);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "objects-"));
  now = NOW;
  open();
});
afterEach(() => {
  state.close();
  rmSync(folder, { recursive: true });
});

const request = (changes: Partial<AwsRequest>): AwsRequest => ({
  method: "GET",
  path: "/",
  query: "",
  headers: {},
  body: "",
  caller: null,
  ...changes,
});
const firehose = (operation: string, body: object) =>
  createFirehoseService([STREAM], objects, () => now)(operation, request({ body: JSON.stringify(body) }));
const data = (text: string) => ({ Data: Buffer.from(text).toString("base64") });
const s3 = (changes: Partial<AwsRequest>) => {
  const asked = request(changes);
  const put = (bucket: string, key: string, body: Buffer) => objects.put(bucket, key, body, now);
  return createS3Service({ objects, buckets: new Set(["log"]), put })(s3Operation(asked), asked);
};

describe("a delivery stream", () => {
  it("names its objects by day and hour in UTC", () => {
    expect(objectPrefix(STREAM.prefix, NOW)).toBe("decisions/day=2026-11-21/hour=09/");
  });

  it("puts records one after the other into the hour's object, and they survive a restart", async () => {
    await firehose("PutRecord", { DeliveryStreamName: "decisions", Record: data("one\n") });
    await firehose("PutRecordBatch", {
      DeliveryStreamName: "decisions",
      Records: [data("two\n"), data("three\n")],
    });
    state.close();
    open();
    await firehose("PutRecord", { DeliveryStreamName: "decisions", Record: data("four\n") });
    expect(objects.read("log", KEY, 0, 1_000).toString()).toBe("one\ntwo\nthree\nfour\n");
    now += 3_600_000;
    await firehose("PutRecord", { DeliveryStreamName: "decisions", Record: data("five\n") });
    expect(objects.list("log", "decisions/", "", 10).map(({ key, size }) => [key, size])).toEqual([
      [KEY, 19],
      [KEY.replace("hour=09", "hour=10"), 5],
    ]);
  });

  it("refuses what Firehose refuses", () => {
    const put = (body: object) => () => firehose("PutRecordBatch", body);
    expect(put({ DeliveryStreamName: "other", Records: [data("x")] })).toThrow(AwsError);
    expect(put({ DeliveryStreamName: "decisions", Records: [] })).toThrow("1 to 500");
    const many = Array.from({ length: 501 }, () => data("x"));
    expect(put({ DeliveryStreamName: "decisions", Records: many })).toThrow("1 to 500");
    expect(put({ DeliveryStreamName: "decisions", Records: [data("x".repeat(1_024_001))] })).toThrow(
      "1,000 KiB",
    );
    expect(firehose("DescribeDeliveryStream", {})).toBeNull();
  });
});

describe("the object store", () => {
  beforeEach(async () => {
    for (const text of ["0123", "456", "789"]) {
      await firehose("PutRecord", { DeliveryStreamName: "decisions", Record: data(text) });
    }
  });

  it("gives any range of an object, whatever parts it came in", async () => {
    for (let first = 0; first < 10; first += 1) {
      for (let last = first; last < 12; last += 1) {
        const answer = await s3({ path: `/log/${KEY}`, headers: { range: `bytes=${first}-${last}` } });
        expect(answer?.status).toBe(206);
        expect(String(answer?.body)).toBe("0123456789".slice(first, last + 1));
      }
    }
    expect(String((await s3({ path: `/log/${KEY}` }))?.body)).toBe("0123456789");
  });

  it("says what is not there", () => {
    expect(() => s3({ path: "/log/nothing" })).toThrow("key does not exist");
    expect(() => s3({ path: "/elsewhere/x" })).toThrow("bucket does not exist");
    expect(() => s3({ path: `/log/${KEY}`, headers: { range: "bytes=10-" } })).toThrow("not satisfiable");
    expect(s3({ method: "DELETE", path: `/log/${KEY}` })).toBeNull();
  });

  it("lists in pages, by prefix and after a name", async () => {
    for (const name of ["a", "b", "c"]) objects.put("log", `other/${name}&`, Buffer.from(name), now);
    const list = async (query: string) =>
      (await s3({ path: "/log", query: `list-type=2&${query}` }))?.body ?? "";
    const first = await list("prefix=other%2F&max-keys=2");
    expect(first).toContain(
      "<IsTruncated>true</IsTruncated><NextContinuationToken>other/b&#38;</NextContinuationToken>",
    );
    const rest = await list("prefix=other%2F&continuation-token=other%2Fb%26");
    expect(rest).toContain("<KeyCount>1</KeyCount>");
    expect(rest).toContain("<Key>other/c&#38;</Key>");
    expect(await list(`start-after=${KEY}`)).toContain("<KeyCount>3</KeyCount>");
  });

  it("replaces an object that is put again", async () => {
    await s3({ method: "PUT", path: "/log/x", body: "long text" });
    await s3({ method: "PUT", path: "/log/x", body: "short" });
    expect(String((await s3({ path: "/log/x" }))?.body)).toBe("short");
  });
});
