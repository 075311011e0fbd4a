import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "#infra/local/http/messages.ts";
import { type LocalServer, listen } from "#infra/local/http/server.ts";
import { isSigned, onlySigned } from "#infra/local/http/signature.ts";

const CREDENTIALS = { accessKeyId: "AKIDSHOP", secretAccessKey: "secret/of+the shop" };
const seen: HttpRequest[] = [];
let server: LocalServer;
beforeAll(async () => {
  server = await listen({ port: 0, setting: "AWS_PORT" });
  const guarded = onlySigned(CREDENTIALS, async () => ({ status: 200, headers: {}, body: "{}" }));
  server.open((request) => {
    seen.push(request);
    return guarded(request);
  });
});
afterAll(() => server.stop());

const settings = (credentials = CREDENTIALS) => ({
  endpoint: server.url,
  region: "us-east-1",
  credentials,
  maxAttempts: 1,
});

describe("a request signed by an AWS client", () => {
  it("passes, whatever the service and however it carries path, query and body", async () => {
    const s3 = new S3Client({ ...settings(), forcePathStyle: true });
    const calls = [
      () => new DynamoDBClient(settings()).send(new ListTablesCommand({ Limit: 3 })),
      () => new SESv2Client(settings()).send(new GetAccountCommand({})),
      () => s3.send(new PutObjectCommand({ Bucket: "b", Key: "a b/ü+(1)=2", Body: "body" })),
      () => s3.send(new GetObjectCommand({ Bucket: "b", Key: "a/b" })),
      () => s3.send(new ListObjectsV2Command({ Bucket: "b", Prefix: "year=2026/a b", Delimiter: "/" })),
    ];
    for (const call of calls) {
      seen.length = 0;
      // What the client makes of the empty answer is not asked here.
      await call().catch(() => {});
      const [request] = seen;
      if (request === undefined) throw new Error("no request came");
      expect([request.url, isSigned(request, CREDENTIALS, Date.now())]).toEqual([request.url, true]);
    }
  });

  it.each([
    ["with another secret", { ...CREDENTIALS, secretAccessKey: "another" }],
    ["by somebody else", { ...CREDENTIALS, accessKeyId: "AKIDOTHER" }],
  ])("is refused %s", async (_how, credentials) => {
    const asking = new DynamoDBClient(settings(credentials)).send(new ListTablesCommand({}));
    await expect(asking).rejects.toMatchObject({ name: "InvalidSignatureException" });
  });
});

describe("a request that was changed on its way", () => {
  const signed = async (): Promise<HttpRequest> => {
    seen.length = 0;
    await new DynamoDBClient(settings()).send(new ListTablesCommand({ Limit: 7 }));
    const [request] = seen;
    if (request === undefined) throw new Error("no request came");
    return request;
  };
  const HOUR_MS = 3_600_000;

  it.each<[what: string, change: (request: HttpRequest) => HttpRequest, later: number]>([
    ["its body", (one) => ({ ...one, body: Buffer.from("{}") }), 0],
    ["its path", (one) => ({ ...one, url: "/other" }), 0],
    ["its query", (one) => ({ ...one, url: "/?a=1" }), 0],
    ["its method", (one) => ({ ...one, method: "PUT" }), 0],
    ["what it asks for", (one) => ({ ...one, headers: { ...one.headers, "x-amz-target": "x" } }), 0],
    ["where it goes", (one) => ({ ...one, headers: { ...one.headers, host: "else" } }), 0],
    ["its signature", (one) => ({ ...one, headers: { ...one.headers, authorization: "none" } }), 0],
    ["nothing, but it is sent again an hour later", (one) => one, HOUR_MS],
  ])("in %s is refused", async (_what, change, later) => {
    const request = await signed();
    expect(isSigned(request, CREDENTIALS, Date.now())).toBe(true);
    expect(isSigned(change(request), CREDENTIALS, Date.now() + later)).toBe(false);
  });
});
