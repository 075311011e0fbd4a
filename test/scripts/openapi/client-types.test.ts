import { describe, expect, it } from "vitest";
import { type ApiDocument, clientTypes } from "#scripts/openapi/client-types.ts";

const operation = {
  summary: "Do it",
  parameters: [],
  responses: {
    200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Answer" } } } },
  },
};
const typesOf = (document: Partial<ApiDocument["components"]> & Partial<ApiDocument>): string =>
  clientTypes({ paths: document.paths ?? {}, components: { schemas: document.schemas ?? {} } });

describe("a named schema", () => {
  it.each([
    [{ type: "integer" }, "number"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ enum: ["a", 1] }, '"a" | 1'],
    [{ const: true }, "true"],
    [{}, "unknown"],
    [{ type: "array", items: { anyOf: [{ type: "string" }, { $ref: "#/x/Y" }] } }, "readonly (string | Y)[]"],
    [
      { type: "object", properties: { a: { type: "string" }, "b-c": {} }, required: ["a"] },
      '{ readonly a: string; readonly "b-c"?: unknown }',
    ],
    [{ type: "object", additionalProperties: { type: "number" } }, "{ readonly [member: string]: number }"],
  ])("%j becomes a type", (schema, type) => {
    expect(typesOf({ schemas: { Named: schema } })).toContain(`export type Named = ${type};`);
  });
});

describe("a call", () => {
  it("is a route with what goes in and what comes out", () => {
    const parameters = [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      { name: "limit", in: "query", required: false, schema: { type: "integer" } },
      { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string" } },
    ] as const;
    const requestBody = { required: true, content: { "application/json": { schema: { type: "string" } } } };
    expect(
      typesOf({ paths: { "/v1/x/{id}": { post: { ...operation, parameters, requestBody } } } }),
    ).toContain(
      '  /** Do it. */\n  readonly "POST /v1/x/{id}": { readonly input: { readonly path: { readonly id: string }; ' +
        "readonly query?: { readonly limit?: number }; readonly body: string; readonly idempotencyKey?: string }; " +
        "readonly answer: Answer };",
    );
  });

  it("is left out where it is a page, or another client's", () => {
    const page = { ...operation, responses: { 200: { content: { "text/html": { schema: {} } } } } };
    const paths = {
      "/v1/t": { post: operation },
      "/v1/page": { get: page },
      "/u/{token}": { get: operation },
    };
    expect(typesOf({ paths })).toContain("export interface Calls {\n}");
  });
});
