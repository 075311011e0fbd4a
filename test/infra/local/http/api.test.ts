import { describe, expect, it } from "vitest";
import { createHttpApi } from "#infra/local/http/api.ts";
import { createRouteTable } from "#infra/local/http/routes.ts";
import type { FunctionPool } from "#infra/local/lambda/pool.ts";

const CORS = {
  origins: ["*"],
  methods: ["POST"],
  headers: ["authorization"],
  exposed: [],
  maxAge: 60,
  credentials: false,
};

/** Answers with its own name, and with headers for browsers that the gateway's own take the place of. */
const functionCalled = (name: string): FunctionPool =>
  ({
    invoke: async () => ({
      ok: true,
      payload: JSON.stringify({
        statusCode: 204,
        headers: { from: name, "access-control-allow-headers": "of-the-function" },
      }),
    }),
  }) as unknown as FunctionPool;

const preflight = async (...routes: readonly string[]) => {
  const api = createHttpApi({
    id: "api",
    cors: CORS,
    routes: createRouteTable(routes.map((route) => [route, functionCalled(route)])),
    faults: { take: () => null },
    now: () => 0,
  });
  const headers = { origin: "https://shop.example", "access-control-request-method": "POST" };
  return api({
    method: "OPTIONS",
    url: "/v1/t",
    headers,
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
  });
};

describe("a browser's question before its call", () => {
  it.each([
    [["$default"], "$default"],
    [["$default", "OPTIONS /{proxy+}"], "OPTIONS /{proxy+}"],
    [["POST /v1/t", "OPTIONS /{proxy+}"], "OPTIONS /{proxy+}"],
  ])("with routes %j goes to %s, as in AWS", async (routes, from) => {
    const { status, headers } = await preflight(...routes);
    expect(status).toBe(204);
    expect(headers).toMatchObject({ from, "access-control-allow-headers": "authorization" });
  });

  it("is answered by the gateway itself where no route takes it", async () => {
    const { status, headers } = await preflight("POST /v1/t");
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-max-age": "60",
    });
    expect(headers.from).toBeUndefined();
  });
});
