import * as z from "zod/mini";
import { DRAFT_STATES } from "#domain/draft/draft.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { Finding, PlaybookProblem } from "#runtime/http/findings.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { name, Problem } from "#runtime/http/shapes.ts";

/** A file's text; null: the file goes, or is not there. */
const Text = z.nullable(z.string());
/** What a text is known by; null: no file. */
const Revision = z.nullable(z.string());
const path = z.string().check(z.minLength(1), z.maxLength(300));

const Act = z.object({ by: z.string(), at: z.string() });

export const DraftSummary = z.object({
  draftId: z.string(),
  name: z.string(),
  /** The version that it began with. */
  base: z.string(),
  state: z.enum(DRAFT_STATES),
  created: Act,
  updated: Act,
  /** Files that differ from the version it began with. */
  changed: z.int(),
  proposal: z.optional(z.extend(Act, { version: z.string(), note: z.optional(z.string()) })),
  approval: z.optional(Act),
  publication: z.optional(z.extend(Act, { previous: z.nullable(z.string()) })),
});

export const DraftAnswer = z.extend(DraftSummary, {
  /** The live version, which may be another than the one it began with. */
  live: z.nullable(z.string()),
  /** How many people it takes to publish it. */
  people: z.int(),
  files: z.array(
    z.object({
      path: z.string(),
      change: z.enum(["none", "added", "changed", "removed"]),
      revision: Revision,
      by: z.optional(z.string()),
      at: z.optional(z.string()),
    }),
  ),
});
export type DraftAnswer = z.output<typeof DraftAnswer>;

const Conflict = z.object({
  line: z.int(),
  cell: z.optional(z.object({ decision: z.string(), row: z.int(), column: z.string() })),
  before: z.string(),
  yours: z.string(),
  theirs: z.string(),
});
/** Two changes of a file put together; `text` holds both, and theirs where they are in each other's way. */
const Merge = z.object({
  path: z.string(),
  before: Text,
  yours: Text,
  theirs: Text,
  text: Text,
  by: z.enum(["rows", "keys", "lines", "file"]),
  conflicts: z.array(Conflict),
  /** Where a save was refused: the revision to save over, whose it is and since when. */
  revision: z.optional(Revision),
  changedBy: z.optional(z.nullable(z.string())),
  changedAt: z.optional(z.nullable(z.string())),
});
/** What went live since the draft began, beside what the draft changed; nothing where it began with what is live. */
const Since = z.object({ live: z.nullable(z.string()), merges: z.array(Merge) });

/** Why a change was refused, and both put together for whoever has to choose. */
const Refused = z.extend(Problem, { live: z.optional(z.string()), merges: z.optional(z.array(Merge)) });

const scope = "playbooks:draft";
const unmasked = "a playbook is the company's own words";
const audit = "everybody";

export const operations = {
  listDrafts: operation({
    route: "GET /v1/drafts",
    scope,
    unmasked,
    query: Page,
    answers: { 200: listOf(DraftSummary) },
  }),
  beginDraft: operation({
    route: "POST /v1/drafts",
    scope,
    audit,
    unmasked,
    request: z.object({ name, base: z.optional(name) }),
    refuses: [404, 409],
    answers: { 201: DraftAnswer },
  }),
  showDraft: operation({
    route: "GET /v1/drafts/{id}",
    scope,
    unmasked,
    refuses: [404],
    answers: { 200: DraftAnswer },
  }),
  readDraftFiles: operation({
    route: "GET /v1/drafts/{id}/files",
    scope,
    unmasked,
    query: z.object({ path: z.optional(path) }),
    refuses: [404],
    answers: {
      200: z.object({
        /** By path: the text in the draft and in the version it began with. */
        files: z.record(z.string(), z.object({ text: Text, revision: Revision, base: Text })),
      }),
    },
  }),
  saveDraftFiles: operation({
    route: "PUT /v1/drafts/{id}",
    scope,
    audit,
    unmasked,
    request: z.object({
      files: z
        .array(z.object({ path, text: Text, began: Revision }))
        .check(z.minLength(1), z.maxLength(BOUNDS.uploadFiles)),
    }),
    maxBytes: BOUNDS.draftBytes,
    refuses: [404],
    answers: { 200: DraftAnswer, 409: Refused },
  }),
  discardDraft: operation({
    route: "DELETE /v1/drafts/{id}",
    scope,
    audit,
    unmasked,
    refuses: [404],
    answers: { 200: z.object({ discarded: z.string() }) },
  }),
  checkDraft: operation({
    route: "POST /v1/drafts/{id}/check",
    scope,
    unmasked,
    request: z.prefault(
      z.object({
        files: z.optional(z.array(z.object({ path, text: Text })).check(z.maxLength(BOUNDS.uploadFiles))),
      }),
      {},
    ),
    maxBytes: BOUNDS.draftBytes,
    refuses: [404],
    answers: { 200: z.object({ valid: z.boolean(), errors: z.array(Finding), warnings: z.array(Finding) }) },
  }),
  keepDraft: operation({
    route: "POST /v1/drafts/{id}/keep",
    scope,
    audit,
    unmasked,
    refuses: [404, 409],
    answers: { 200: z.object({ version: z.string() }), 422: PlaybookProblem },
  }),
  compareDraft: operation({
    route: "GET /v1/drafts/{id}/live",
    scope,
    unmasked,
    refuses: [404],
    answers: { 200: Since },
  }),
  takeLive: operation({
    route: "POST /v1/drafts/{id}/take-live",
    scope,
    audit,
    unmasked,
    request: z.prefault(z.object({ resolved: z.optional(z.record(path, Text)) }), {}),
    maxBytes: BOUNDS.draftBytes,
    refuses: [404],
    answers: { 200: DraftAnswer, 409: Refused },
  }),
  proposeDraft: operation({
    route: "POST /v1/drafts/{id}/propose",
    scope,
    audit,
    unmasked,
    request: z.prefault(z.object({ note: z.optional(z.string().check(z.maxLength(2_000))) }), {}),
    refuses: [404, 409],
    answers: { 200: DraftAnswer, 422: PlaybookProblem },
  }),
  approveDraft: operation({
    route: "POST /v1/drafts/{id}/approve",
    scope: "playbooks:write",
    audit,
    unmasked,
    refuses: [404, 409],
    answers: { 200: DraftAnswer },
  }),
  publishDraft: operation({
    route: "POST /v1/drafts/{id}/publish",
    scope: "playbooks:write",
    audit,
    unmasked,
    refuses: [404],
    // Nothing is to be confirmed, most often.
    request: z.prefault(
      z.strictObject({ confirm: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))) }),
      {},
    ),
    answers: {
      200: z.object({ version: z.string(), previous: z.nullable(z.string()) }),
      409: Refused,
      422: PlaybookProblem,
    },
  }),
};
