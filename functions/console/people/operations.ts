import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { JsonObject } from "#runtime/http/shapes.ts";

export const AuditEntry = z.object({
  auditId: z.string(),
  at: z.string(),
  actor: z.object({
    kind: z.enum(["person", "key"]),
    /** Of a person `personId`; of a key what `rapport keys list` shows. */
    id: z.string(),
    /** The key's name. */
    name: z.optional(z.string()),
  }),
  /** `operationId` of the call. */
  call: z.string(),
  /** The id of what was to be changed. */
  target: z.optional(z.string()),
  /** `begun`: nobody wrote down how it ended; `failed`: it may have changed something. */
  state: z.enum(["begun", "done", "refused", "failed"]),
  /** The error's code. */
  reason: z.optional(z.string()),
  before: z.optional(JsonObject),
  after: z.optional(JsonObject),
});

export const operations = {
  listAudit: operation({
    route: "GET /v1/audit",
    scope: "audit",
    unmasked: "it holds no word about a customer, and what keys and files are called",
    query: Page,
    answers: { 200: listOf(AuditEntry) },
  }),
};
