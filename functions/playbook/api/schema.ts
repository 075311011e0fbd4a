import * as z from "zod/mini";
import type { Operation } from "#runtime/http/operation.ts";
import { listOf, PAGE_PARAMETERS } from "#runtime/http/paging.ts";

/** `POST /v1/playbooks` as JSON; the same files may come as a zip instead. */
export const Upload = z.strictObject({ files: z.record(z.string(), z.string()) });

const Finding = z.object({
  severity: z.enum(["error", "warning"]),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
  expected: z.optional(z.string()),
});
const Summary = z.object({
  version: z.string(),
  name: z.string(),
  createdAt: z.string(),
  published: z.boolean(),
});

const scope = "playbooks:write";

export const operations: readonly Operation[] = [
  {
    route: "POST /v1/playbooks",
    summary: "Validate and keep a playbook (JSON, or a zip of its folder); it is not live until published",
    scope,
    request: Upload,
    answers: {
      201: z.object({ version: z.string(), warnings: z.array(Finding) }),
      422: z.object({
        code: z.literal("playbook_invalid"),
        message: z.string(),
        errors: z.array(Finding),
        warnings: z.array(Finding),
      }),
    },
  },
  {
    route: "GET /v1/playbooks",
    summary: "All kept versions, newest first",
    scope,
    query: PAGE_PARAMETERS,
    answers: { 200: listOf(Summary) },
  },
  {
    route: "GET /v1/playbooks/{version}",
    summary: "One version with its files; `current` is the published one",
    scope,
    answers: { 200: z.extend(Summary, { files: z.record(z.string(), z.string()) }) },
  },
  {
    route: "POST /v1/playbooks/{version}/publish",
    summary: "Make a version live within 5 seconds; publishing an older one rolls back",
    scope,
    answers: { 200: z.object({ version: z.string(), previous: z.nullable(z.string()) }) },
  },
];
