import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { clientSettings, type Shop, startShop } from "./shop-cloud.ts";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });

let shop: Shop;
let cloud: LocalCloud;
beforeAll(async () => {
  shop = await startShop();
  cloud = shop.cloud;
});
afterAll(() => shop.stop());

describe("a function", () => {
  it("gets payload format 2.0 with decoded path parameters, and text bodies as text", async () => {
    const answer = await shop.call("POST", "/probe/echo?a=1&a=2&b=x%20y", { text: "grüße" });
    expect(await answer.json()).toMatchObject({
      version: "2.0",
      routeKey: "ANY /probe/{what}",
      rawPath: "/probe/echo",
      rawQueryString: "a=1&a=2&b=x%20y",
      queryStringParameters: { a: "1,2", b: "x y" },
      pathParameters: { what: "echo" },
      requestContext: { http: { method: "POST", path: "/probe/echo" }, stage: "$default" },
      body: '{"text":"grüße"}',
      isBase64Encoded: false,
    });
  });

  it("gets a body of another type in base64", async () => {
    const answer = await fetch(`${cloud.url}/probe/echo`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array([0, 255, 128]),
    });
    expect(await answer.json()).toMatchObject({ body: "AP+A", isBase64Encoded: true });
  });

  it("answers bytes and cookies", async () => {
    const answer = await fetch(`${cloud.url}/probe/binary`);
    expect(answer.headers.get("content-type")).toBe("image/gif");
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 6)
        .toString(),
    ).toBe("GIF89a");
  });

  it("sees Lambda's environment and nothing of this process", async () => {
    const { body } = await shop.probe("context");
    expect(body).toMatchObject({
      name: "shop-probe",
      environment: {
        AWS_LAMBDA_FUNCTION_NAME: "shop-probe",
        AWS_REGION: "us-east-1",
        AWS_ENDPOINT_URL: cloud.awsUrl,
        BUS: "shop",
      },
    });
    expect(body.environment).not.toHaveProperty("VITEST");
    expect(Number(body.left)).toBeLessThanOrEqual(1000);
    expect(Number(body.left)).toBeGreaterThan(0);
  });

  it("rests when nothing runs in it, and begins anew for who calls it next", async () => {
    await shop.probe("context");
    const hanging = shop.probe("hang");
    await cloud.rest();
    expect((await shop.probe("context")).body.invocations).not.toBe(1);
    await hanging;
    await shop.probe("context");
    expect((await shop.probe("context")).body.invocations).not.toBe(1);
    await cloud.rest();
    expect((await shop.probe("context")).body.invocations).toBe(1);
  });

  it("reads generated secrets and parameters", async () => {
    expect((await shop.probe("secret")).body.secret).toMatch(/^[A-Za-z0-9]{40}$/);
    expect((await shop.probe("parameter")).body.value).toBe("shop");
  });

  it("that asks for an unknown operation is told its name with 501", async () => {
    expect((await shop.probe("unknown")).body).toEqual({
      status: 501,
      message: "the local cloud does not know ssm:DeleteParameter",
    });
  });

  it.each([
    ["throws", "throw", 500],
    ["ends its process", "exit", 500],
    ["takes longer than its timeout", "hang", 503],
  ])("that %s answers an error and works again at the next call", async (_what, path, status) => {
    expect((await shop.probe(path)).status).toBe(status);
    expect((await shop.probe("parameter")).body.value).toBe("shop");
  });
});

describe("CORS", () => {
  it("answers preflights as the template says", async () => {
    const answer = await fetch(`${cloud.url}/orders`, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-headers")).toBe("authorization");
    expect(answer.headers.get("access-control-max-age")).toBe("60");
  });

  it("marks answers to other sites", async () => {
    const answer = await fetch(`${cloud.url}/probe/parameter`, {
      headers: { origin: "https://shop.example" },
    });
    expect(answer.headers.get("access-control-expose-headers")).toBe("retry-after");
  });
});

describe("routes", () => {
  it("that no template has answer 404", async () => {
    expect((await shop.call("GET", "/nowhere")).status).toBe(404);
    expect((await shop.call("GET", "/orders")).status).toBe(404);
  });
});

describe("other clients", () => {
  it("reach the same services over TCP", async () => {
    const sqs = new SQSClient({ ...clientSettings, endpoint: cloud.awsUrl });
    const QueueUrl = `${cloud.awsUrl}/000000000000/dead.fifo`;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: "by hand",
        MessageGroupId: "g",
        MessageDeduplicationId: "d",
      }),
    );
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(received.Messages?.map((message) => message.Body)).toContain("by hand");
    const missing = shop.dynamo.send(new GetItemCommand({ TableName: "nothing", Key: { pk: { S: "1" } } }));
    await expect(missing).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    sqs.destroy();
  });
});

describe("pages", () => {
  it("show the outbox, each mail in a sandbox", async () => {
    const id = await shop.order();
    await cloud.time.idle();
    const page = await (await fetch(`${cloud.url}/_local/`)).text();
    expect(page).toContain(`Order ${id}`);
    expect(page).toContain("<iframe sandbox");
    const mail = await fetch(`${cloud.url}/_local/mail?id=${shop.mailsTo(id)[0]?.providerMessageId}`);
    expect(mail.headers.get("content-security-policy")).toContain("sandbox");
    expect(await mail.text()).toBe("<p>Thank you for 20</p>");
  });
});
