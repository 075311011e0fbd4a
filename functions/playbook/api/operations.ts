import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { Finding, PlaybookProblem } from "#runtime/http/findings.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";

/** `POST /v1/playbooks` as JSON; the same files may come as a zip instead. */
export const Upload = z.strictObject({ files: z.record(z.string(), z.string()) });

export const PlaybookSummary = z.object({
  version: z.string(),
  name: z.string(),
  createdAt: z.string(),
  published: z.boolean(),
});

export const Playbook = z.extend(PlaybookSummary, {
  files: z.record(z.string(), z.string()),
  actions: z.array(
    z.object({
      action: z.string(),
      category: z.string(),
      placements: z.array(z.string()),
      treatments: z.array(
        z.object({ treatment: z.string(), channel: z.string(), locales: z.array(z.string()) }),
      ),
    }),
  ),
  /** Every slot that asks for decisions; a trigger's is `trigger.<trigger>`. */
  placements: z.array(z.string()),
});
export const Uploaded = z.object({ version: z.string(), warnings: z.array(Finding) });

/** `confirm`: the token of the version's preview, where many people are moved. */
export const Publication = z.strictObject({
  confirm: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))),
});

/** Reading and keeping versions changes nothing for customers. */
const scope = "playbooks:draft";
const unmasked = "a playbook is the company's own words";
const audit = "everybody";

export const operations = {
  uploadPlaybook: operation({
    route: "POST /v1/playbooks",
    scope,
    audit,
    unmasked,
    request: { "application/json": Upload, "application/zip": null },
    maxBytes: BOUNDS.uploadBytes,
    answers: { 201: Uploaded, 422: PlaybookProblem },
  }),
  listPlaybooks: operation({
    route: "GET /v1/playbooks",
    scope,
    unmasked,
    query: Page,
    answers: { 200: listOf(PlaybookSummary) },
  }),
  showPlaybook: operation({
    route: "GET /v1/playbooks/{version}",
    scope,
    unmasked,
    refuses: [404],
    answers: { 200: Playbook },
  }),
  publishPlaybook: operation({
    route: "POST /v1/playbooks/{version}/publish",
    scope: "playbooks:write",
    audit,
    unmasked,
    refuses: [404, 409],
    // Nothing is to be confirmed, most often.
    request: z.prefault(Publication, {}),
    answers: { 200: z.object({ version: z.string(), previous: z.nullable(z.string()) }) },
  }),
};
