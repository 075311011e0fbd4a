import * as z from "zod/mini";
import type { Operation } from "#runtime/http/operation.ts";

const PROBLEM = {
  type: "object",
  description: "RFC 9457 problem details, with `code` and `message` for Segment's clients.",
  required: ["type", "title", "status", "code", "message"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    message: { type: "string" },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          path: { type: "string" },
          expected: { type: "string" },
          got: { type: "string" },
          line: { type: "integer" },
          column: { type: "integer" },
        },
      },
    },
  },
} as const;

const jsonSchema = (schema: z.core.$ZodType, io: "input" | "output"): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io });
  return rest;
};

const content = (schema: z.core.$ZodType | string): unknown =>
  typeof schema === "string"
    ? { [schema]: {} }
    : { "application/json": { schema: jsonSchema(schema, "output") } };

const parameters = (operation: Operation, path: string): unknown[] => {
  const inPath = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const named = (where: string, fields: Readonly<Record<string, string>> = {}) =>
    Object.entries(fields).map(([name, description]) => ({
      name,
      in: where,
      description,
      schema: { type: "string" },
    }));
  return [...inPath, ...named("query", operation.query), ...named("header", operation.headers)];
};

const responses = (operation: Operation): unknown => ({
  ...Object.fromEntries(
    Object.entries(operation.answers).map(([status, schema]) => [
      status,
      { description: status.startsWith("2") ? "done" : "see the status", content: content(schema) },
    ]),
  ),
  default: {
    description: "What was wrong, where, and what was expected",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  },
});

const pathItem = (operation: Operation, path: string): unknown => ({
  summary: operation.summary,
  operationId: operation.route.replace(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, ""),
  security:
    operation.scope === null
      ? []
      : [{ secretKey: [] }, ...(operation.scope === "collect" ? [{ writeKey: [] }] : [])],
  ...(operation.scope === null ? {} : { "x-scope": operation.scope }),
  parameters: parameters(operation, path),
  ...(operation.request === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { "application/json": { schema: jsonSchema(operation.request, "input") } },
        },
      }),
  responses: responses(operation),
});

/** The OpenAPI 3.1 document of all operations. */
export const openapiDocument = (operations: readonly Operation[]): unknown => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method = "", path = ""] = operation.route.split(" ");
    const item = paths[path] ?? {};
    item[method.toLowerCase()] = pathItem(operation, path);
    paths[path] = item;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rapport",
      version: "1",
      description:
        "Collect what happens, decide what to say, say it on any channel, learn from what comes of it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        secretKey: {
          type: "http",
          scheme: "bearer",
          description: "A secret key; scopes say what it may do.",
        },
        writeKey: {
          type: "http",
          scheme: "basic",
          description: "A write key as the user name; collect only.",
        },
      },
    },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};
