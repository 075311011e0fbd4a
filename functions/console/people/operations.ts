import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { ROLES } from "#runtime/http/roles.ts";
import { JsonObject, time } from "#runtime/http/shapes.ts";

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

const roles = z.array(z.enum(ROLES)).check(z.maxLength(ROLES.length));

export const Colleague = z.object({
  personId: z.string(),
  name: z.string(),
  /** Shown to those who answer for people. */
  email: z.optional(z.string()),
  roles,
  enabled: z.boolean(),
  /** They were invited, and have not logged in yet. */
  invited: z.optional(z.literal(true)),
});
export type Colleague = z.output<typeof Colleague>;

const ABOUT_COLLEAGUES = "it is about colleagues, and no customer";
const managing = { scope: "keys", unmasked: ABOUT_COLLEAGUES, audit: "everybody" } as const;
const moment = z.exactOptional(time);
const oneOf = z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200)));

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
    unmasked: ABOUT_COLLEAGUES,
    query: Page,
    answers: { 200: listOf(Colleague) },
  }),
  invitePerson: operation({
    route: "POST /v1/people",
    ...managing,
    request: z.strictObject({
      email: z
        .string()
        .check(
          z.trim(),
          z.maxLength(128),
          z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "a mail address" }),
        ),
      name: z
        .string()
        .check(
          z.trim(),
          z.minLength(1),
          z.maxLength(100),
          z.regex(/^[^\p{Cc}]*$/u, { error: "one line of text" }),
        ),
      roles,
    }),
    refuses: [404, 409],
    answers: { 201: Colleague },
  }),
  invitePersonAgain: operation({
    route: "POST /v1/people/{id}/invite",
    ...managing,
    refuses: [404, 409],
    answers: { 200: Colleague },
  }),
  changePerson: operation({
    route: "PUT /v1/people/{id}",
    ...managing,
    request: z.strictObject({
      /** All that they have from now on. */
      roles: z.exactOptional(roles),
      enabled: z.exactOptional(z.boolean()),
    }),
    refuses: [400, 404],
    answers: { 200: Colleague },
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
    query: z.extend(Page, { actor: oneOf, call: oneOf, target: oneOf, from: moment, to: moment }),
    answers: { 200: listOf(AuditEntry) },
  }),
};
