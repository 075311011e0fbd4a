import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { numberAt, objectsAt } from "#infra/local/aws/json.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { writeAssembly } from "./app/shop.ts";
import { json, type Shop, startShop } from "./shop-cloud.ts";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });

let shop: Shop;
let cloud: LocalCloud;
beforeAll(async () => {
  shop = await startShop();
  cloud = shop.cloud;
});
afterAll(() => shop.stop());

describe("an order over HTTP", () => {
  it("travels through queue, table, bus and queue to a mail in the outbox", async () => {
    const id = await shop.order();
    await cloud.time.idle();
    expect(await shop.rows(`order#${id}`)).toHaveLength(1);
    const [mail, ...others] = shop.mailsTo(id);
    expect(others).toHaveLength(0);
    expect(mail).toMatchObject({
      channel: "email",
      provider: "ses",
      from: "Shop <shop@example.com>",
      subject: `Order ${id}`,
      text: "Thank you for 20",
      html: "<p>Thank you for 20</p>",
      headers: { "List-Unsubscribe": "<https://example.com/u>" },
      messageId: `order-${id}`,
    });
  });

  it("that the rule's pattern leaves out sends no mail", async () => {
    const id = await shop.order({ total: 5 });
    await cloud.time.idle();
    expect(await shop.rows(`order#${id}`)).toHaveLength(1);
    expect(shop.mailsTo(id)).toHaveLength(0);
  });

  it("with the same deduplication id within five minutes is kept once", async () => {
    const id = shop.newId();
    const body = { id, mail: `${id}@example.com`, total: 20 };
    await shop.call("POST", "/orders", body);
    await shop.call("POST", "/orders", body);
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(1);
  });

  it("that fails goes to the dead-letter queue after its receives, in the time the queue takes", async () => {
    const id = await shop.order({ broken: true });
    await cloud.time.idle();
    const dead = async (): Promise<number | undefined> => {
      const queues = objectsAt(await json(await shop.call("GET", "/_local/queues")), "items");
      return queues.filter((queue) => queue.name === "dead.fifo").map((queue) => numberAt(queue, "ready"))[0];
    };
    expect(await dead()).toBe(0);
    await shop.call("POST", "/_local/clock", { advance: "PT31S" });
    expect(await dead()).toBe(0);
    await shop.call("POST", "/_local/clock", { advance: "PT31S" });
    expect(await dead()).toBe(1);
    expect(await shop.rows(`order#${id}`)).toHaveLength(0);
  });
});

describe("feedback", () => {
  it("reaches the function behind the topic in SES's own shape", async () => {
    const id = await shop.order();
    await cloud.time.idle();
    const answer = await shop.call("POST", "/_local/feedback", { messageId: `order-${id}`, type: "bounced" });
    expect(answer.status).toBe(202);
    await cloud.time.idle();
    expect(await shop.rows("event")).toContain(`Bounce#${shop.mailsTo(id)[0]?.providerMessageId}`);
  });

  it("of a type that no destination takes answers 501 and says so", async () => {
    const id = await shop.order();
    await cloud.time.idle();
    const answer = await shop.call("POST", "/_local/feedback", { messageId: `order-${id}`, type: "delayed" });
    expect(answer.status).toBe(501);
    expect(await json(answer)).toMatchObject({ message: expect.stringContaining("no event destination") });
  });

  it("about a message that was never sent answers 404", async () => {
    expect((await shop.call("POST", "/_local/feedback", { messageId: "none", type: "bounced" })).status).toBe(
      404,
    );
  });
});

describe("inbound messages", () => {
  it("answer 501 where no template wires them", async () => {
    for (const channel of ["sms", "email", "whatsapp"]) {
      const answer = await shop.call("POST", "/_local/inbound", {
        channel,
        from: "+12065550100",
        text: "hello",
      });
      expect(answer.status).toBe(501);
    }
  });
});

describe("the clock", () => {
  it("moves for functions and queues alike", async () => {
    const before = Date.parse(String((await json(await shop.call("GET", "/_local/clock"))).now));
    await shop.call("POST", "/_local/clock", { advance: "P3D" });
    const { body } = await shop.probe("now");
    expect(Number(body.now) - before).toBeGreaterThanOrEqual(3 * 86_400_000);
    expect(body.made).toBe(body.now);
    expect(body.parsed).toBe(Date.parse("2020-01-01T00:00:00Z"));
    expect(body.isDate).toBe(true);
  });

  it("runs due work at its minute while a month passes, and skips minutes without work", async () => {
    const due = new Date(cloud.time.now() + 12 * 86_400_000).toISOString();
    await shop.dynamo.send(
      new PutItemCommand({ TableName: "orders", Item: { pk: { S: "due" }, sk: { S: due } } }),
    );
    const ticks = (await shop.rows("tick")).length;
    const answer = await shop.call("POST", "/_local/clock", { advance: "P30D" });
    expect(await answer.json()).toMatchObject({ fired: 1 });
    const [done] = (await shop.rows("done")).filter((row) => row.startsWith(due));
    const at = Date.parse(done?.split(" at ")[1] ?? "");
    expect(at - Date.parse(due)).toBeGreaterThanOrEqual(0);
    expect(at - Date.parse(due)).toBeLessThan(61_000);
    expect((await shop.rows("tick")).length).toBe(ticks + 1);
  });

  it("deletes items whose time to live is over", async () => {
    const key = { pk: { S: "ttl" }, sk: { S: "1" } };
    const expires = String(Math.floor(cloud.time.now() / 1000) + 3600);
    await shop.dynamo.send(
      new PutItemCommand({ TableName: "orders", Item: { ...key, expires: { N: expires } } }),
    );
    await shop.call("POST", "/_local/clock", { advance: "PT30M" });
    expect(await shop.rows("ttl")).toEqual(["1"]);
    await shop.call("POST", "/_local/clock", { advance: "PT31M" });
    expect(await shop.rows("ttl")).toEqual([]);
  });

  it("refuses to go back, and durations without a fixed length", async () => {
    expect((await shop.call("POST", "/_local/clock", { set: "2020-01-01T00:00:00Z" })).status).toBe(400);
    expect((await shop.call("POST", "/_local/clock", { advance: "P1M" })).status).toBe(400);
  });
});

describe("a template", () => {
  it("with an unknown resource type stops the start with its name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unknown-type-"));
    const assembly = writeAssembly(folder, {
      Network: { Type: "AWS::EC2::VPC", Properties: {} },
    });
    const start = startLocalCloud({ assembly, port: 0, stateDirectory: null });
    await expect(start).rejects.toThrow("AWS::EC2::VPC (one/Network)");
    rmSync(folder, { recursive: true });
  });
});
