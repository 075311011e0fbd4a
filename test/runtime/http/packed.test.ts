import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { httpEvent } from "../../support/handlers/requests.ts";

const MB = 1024 * 1024;
const route = "GET /v1/things";
const operations = {
  listThings: operation({ route, scope: null, query: Page, answers: { 200: listOf(z.string()) } }),
};
const answerOf = (text: string, headers: Record<string, string>) =>
  httpHandler(operations, {
    listThings: async () => ({ status: 200 as const, json: { items: [text], cursor: null } }),
  })(httpEvent({ route, headers }), {});

describe("an answer of megabytes", () => {
  const text = "row ".repeat(2 * MB);

  it("should be packed for those who take it packed, so that a function may answer it", async () => {
    const { headers, body, isBase64Encoded } = await answerOf(text, {
      "accept-encoding": "gzip, deflate, br",
    });
    expect(headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(isBase64Encoded).toBe(true);
    expect(body.length).toBeLessThan(MB);
    const json = gunzipSync(Buffer.from(body, "base64")).toString();
    expect(JSON.parse(json)).toEqual({ items: [text], cursor: null });
  });

  it.each([
    {},
    { "accept-encoding": "br" },
    { "accept-encoding": "br, gzip;q=0" },
    { "accept-encoding": "gzip; q=0.000, *" },
  ])("should come as it is to everybody else: %j", async (asked) => {
    const { headers, body } = await answerOf(text, asked);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(body)).toEqual({ items: [text], cursor: null });
  });

  it("should be packed where it is a refusal, as one that shows both sides of a conflict", async () => {
    const handler = httpHandler(operations, {
      listThings: async () => {
        throw new RapportError("draft_moved", "two changed it", { extra: { merges: [text] } });
      },
    });
    const { statusCode, body } = await handler(
      httpEvent({ route, headers: { "accept-encoding": "gzip" } }),
      {},
    );
    const problem: unknown = JSON.parse(gunzipSync(Buffer.from(body, "base64")).toString());
    expect(statusCode).toBe(409);
    expect(problem).toMatchObject({ code: "draft_moved", merges: [text] });
  });
});

describe("an answer of less", () => {
  it("should not be packed", async () => {
    const { headers, isBase64Encoded } = await answerOf("row", { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(isBase64Encoded).toBe(false);
  });
});
