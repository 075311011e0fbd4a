import { deflateSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readRequest } from "#runtime/http/http-request.ts";
import { httpEvent } from "../../support/handlers/requests.ts";

const BODY = '{"event":"Order Completed"}';

it.each([
  ["gzip", gzipSync(BODY)],
  ["deflate", deflateSync(BODY)],
] as const)("should unpack a body in %s, whatever the case of its headers", (encoding, packed) => {
  const request = readRequest(httpEvent({ headers: { "Content-Encoding": encoding.toUpperCase() }, packed }));
  expect(request.json()).toEqual({ event: "Order Completed" });
});

it("should parse a body of JSON that a browser sent as text", () => {
  const request = readRequest(httpEvent({ headers: { "content-type": "text/plain" }, body: BODY }));
  expect(request.json()).toEqual({ event: "Order Completed" });
});

it("should refuse a small body that unpacks to more than 10 MB", () => {
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1));
  expect(() => readRequest(httpEvent({ headers: { "content-encoding": "gzip" }, packed: bomb }))).toThrow(
    expect.objectContaining({ code: "malformed_json" }),
  );
});

it("should refuse an encoding it does not know, at its header", () => {
  expect(() => readRequest(httpEvent({ headers: { "content-encoding": "br" }, body: BODY }))).toThrow(
    expect.objectContaining({
      errors: [
        { path: "headers.content-encoding", expected: "gzip, deflate or none", got: expect.any(String) },
      ],
    }),
  );
});

it.each([
  ["lists", "[".repeat(65) + "]".repeat(65)],
  ["objects", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`],
  ["lists that nobody closes", "[".repeat(60_000)],
])("should refuse %s more than 64 deep in one another, saying what is allowed", (_, body) => {
  const request = readRequest(httpEvent({ body }));
  expect(() => request.json()).toThrow(
    expect.objectContaining({
      code: "invalid_request",
      errors: [{ path: "", expected: expect.stringContaining("64 deep"), got: expect.any(String) }],
    }),
  );
});

it("should take what is 64 deep, and brackets within texts for what they are", () => {
  const deep = "[".repeat(64) + "]".repeat(64);
  expect(readRequest(httpEvent({ body: deep })).json()).toEqual(JSON.parse(deep));
  const text = JSON.stringify({ note: '[{"'.repeat(500), "\\": "[[[" });
  expect(readRequest(httpEvent({ body: text })).json()).toEqual(JSON.parse(text));
});
