import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { ROLES } from "#runtime/http/roles.ts";
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

export const Colleague = z.object({
  personId: z.string(),
  name: z.string(),
  /** Shown to those who answer for people. */
  email: z.optional(z.string()),
  roles: z.array(z.enum(ROLES)),
  enabled: z.boolean(),
});
export type Colleague = z.output<typeof Colleague>;

export const HubAlarm = z.object({
  name: z.string(),
  state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
  since: z.string(),
  reason: z.string(),
  /** What a customer suffers, and the page of the runbook. */
  about: z.string(),
});

export const operations = {
  listPeople: operation({
    route: "GET /v1/people",
    scope: "audit",
    unmasked: "it is about colleagues, and no customer",
    query: Page,
    answers: { 200: listOf(Colleague) },
  }),
  listAlarms: operation({
    route: "GET /v1/alarms",
    scope: "reports:read",
    query: Page,
    answers: { 200: listOf(HubAlarm) },
  }),
  listAudit: operation({
    route: "GET /v1/audit",
    scope: "audit",
    unmasked: "it holds no word about a customer, and what keys and files are called",
    query: Page,
    answers: { 200: listOf(AuditEntry) },
  }),
};
