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
