import { once } from "node:events";
import { request } from "node:http";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseObject } from "#infra/local/aws/json.ts";
import { listen } from "#infra/local/http/server.ts";
import { type Shop, startShop } from "./shop-cloud.ts";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

type Asked = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

/** A request with a Host of its own, which `fetch` does not allow. */
const ask = async (url: string, { method = "GET", headers = {} }: Asked = {}) => {
  const sent = request(url, { method, headers });
  sent.end(method === "POST" ? "{}" : undefined);
  const [answer] = await once(sent, "response");
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  return { status: Number(answer.statusCode), type: answer.headers["content-type"], body: parseObject(text) };
};

const portOf = (url: string): string => new URL(url).port;

describe("what is for this machine alone", () => {
  it.each([["localhost"], ["LOCALHOST"], ["127.0.0.1"], ["[::1]"]])(
    "answers to the name %s",
    async (name) => {
      const host = `${name}:${portOf(shop.cloud.url)}`;
      expect((await ask(`${shop.cloud.url}/_local/queues`, { headers: { host } })).status).toBe(200);
      const origin = `http://${host.toLowerCase()}`;
      expect((await ask(`${shop.cloud.url}/_local/queues`, { headers: { host, origin } })).status).toBe(200);
    },
  );

  it.each([
    ["a page whose name was made to resolve to this machine", { host: "evil.example:4000" }],
    ["a name that only begins like this machine's", { host: "localhost.evil.example" }],
    ["a name that only ends like this machine's", { host: "evil-localhost" }],
    ["an address of the network", { host: "192.168.1.7:4000" }],
    ["another site's page", { origin: "https://evil.example" }],
    ["a page without an origin of its own", { origin: "null" }],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["its own address under another scheme", { host: "localhost:4000", origin: "https://localhost:4000" }],
    ["another name of this machine", { host: "localhost:4000", origin: "http://127.0.0.1:4000" }],
  ])("refuses %s", async (_who, headers) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      for (const path of ["/_local/outbox", "/_local/", "/_local", "/_local?x=1", "/_local/clock"]) {
        const { status, type, body } = await ask(`${shop.cloud.url}${path}`, { method, headers });
        expect([path, status, type]).toEqual([path, 403, "application/problem+json"]);
        expect(body).toMatchObject({ status: 403, code: "forbidden" });
      }
    }
    expect((await ask(shop.cloud.awsUrl, { method: "POST", headers })).status).toBe(403);
  });

  it("leaves the API to every site", async () => {
    const headers = { host: "hub.example", origin: "https://shop.example" };
    expect((await ask(`${shop.cloud.url}/probe/parameter`, { headers })).status).toBe(200);
  });
});

describe("the AWS services", () => {
  it("answer at a port of their own", async () => {
    expect((await shop.dynamo.send(new ListTablesCommand({}))).TableNames).toContain("orders");
    expect(shop.cloud.awsUrl).not.toBe(shop.cloud.url);
  });

  it("answer nothing at the API's", async () => {
    const signed = "AWS4-HMAC-SHA256 Credential=local/20270101/us-east-1/dynamodb/aws4_request, Signature=0";
    const headers = { authorization: signed, "x-amz-target": "DynamoDB_20120810.ListTables" };
    const { status, body } = await ask(shop.cloud.url, { method: "POST", headers });
    expect([status, JSON.stringify(body)]).toEqual([404, expect.not.stringContaining("orders")]);
  });

  it("do not have the API or its pages", async () => {
    expect((await ask(`${shop.cloud.awsUrl}/_local/outbox`)).status).toBe(501);
    expect((await ask(`${shop.cloud.awsUrl}/probe/parameter`)).status).toBe(501);
  });
});

describe("a port", () => {
  it("that is taken is told with what to do", async () => {
    const first = await listen({ port: 0, setting: "PORT" });
    const second = listen({ port: first.port, setting: "AWS_PORT" });
    await expect(second).rejects.toThrow(
      `port ${first.port} is taken by another program: stop that one, or choose another port with AWS_PORT=`,
    );
    await first.stop();
  });

  it("that another hub has is told as that, with a port and a folder for a second one", async () => {
    const server = await listen({ port: 0, setting: "PORT" });
    server.open(async () => ({
      status: 200,
      headers: {},
      body: JSON.stringify({ info: { title: "Rapport" } }),
    }));
    const second = listen({ port: server.port, setting: "PORT" });
    await expect(second).rejects.toThrow(
      new RegExp(
        `^port ${server.port} is taken by another hub: stop that one, or choose another port with PORT=\\d+ ` +
          String.raw`\(or --port \d+\), and a folder of its own with --state$`,
      ),
    );
    await server.stop();
  });

  it.each([
    ["silent", async () => new Promise<never>(() => {})],
    ["of a web site", async () => ({ status: 200, headers: {}, body: "<title>Rapport</title>" })],
    ["of something else", async () => ({ status: 200, headers: {}, body: '{"info":{"title":"Petstore"}}' })],
  ])("that is %s is nobody's hub", async (_, door) => {
    const server = await listen({ port: 0, setting: "PORT" });
    server.open(door);
    await expect(listen({ port: server.port, setting: "PORT" })).rejects.toThrow("taken by another program");
    await server.stop();
  });

  it("at an address that is not this machine's is told too", async () => {
    const elsewhere = listen({ port: 0, host: "203.0.113.1", setting: "PORT" });
    await expect(elsewhere).rejects.toThrow("203.0.113.1 is no address of this machine");
  });

  it("answers a failure of the hub without telling what failed", async () => {
    const server = await listen({ port: 0, setting: "PORT" });
    expect((await ask(server.url)).status).toBe(503);
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    server.open(async () => {
      throw new Error("secret place");
    });
    const { status, body } = await ask(server.url);
    expect([status, JSON.stringify(body)]).toEqual([500, expect.not.stringContaining("secret place")]);
    expect(String(said.mock.calls[0]?.[0])).toContain("secret place");
    said.mockRestore();
    await server.stop();
  });
});
