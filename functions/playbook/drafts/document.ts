import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const version = "pb_d729afc85061d9129b8e822ceb";
const draftId = "dft_01m8n9ts79gbsj9n767vvqrpa4";
const params = { id: { about: "The draftId that its beginning was answered with", example: draftId } };
const act = { by: "our back office", at: "2026-11-30T09:30:00.000Z" };
const summary = {
  draftId,
  name: "Winter discounts",
  base: version,
  state: "open" as const,
  created: act,
  updated: act,
  changed: 1,
};
const before = "vip: customer.orders >= 3\n";
const text = "vip: customer.orders >= 5\n";
const changed = {
  path: "segments.yaml",
  change: "changed" as const,
  revision: "txt_5c1d2f0b9a7e4d3c8b6a5f4e3d",
  ...act,
};
const draft = { ...summary, live: version, people: 1, files: [changed] };
const proposed = {
  ...draft,
  state: "proposed" as const,
  proposal: { ...act, version, note: "Only five orders make a VIP" },
};
const finding = {
  severity: "error" as const,
  file: "segments.yaml",
  line: 1,
  column: 6,
  code: "unknown-name",
  message: 'There is no "ordres"',
  expected: 'did you mean "orders"?',
};
const merge = {
  path: "segments.yaml",
  before,
  yours: text,
  theirs: "vip: customer.orders >= 4\n",
  text: "vip: customer.orders >= 4\n",
  by: "lines" as const,
  conflicts: [{ line: 1, before, yours: text, theirs: "vip: customer.orders >= 4\n" }],
};
const invalid = {
  type: "urn:rapport:problem:playbook_invalid",
  title: "The playbook is not valid",
  status: 422,
  code: "playbook_invalid" as const,
  message: 'segments.yaml:1:6 There is no "ordres"',
  errors: [finding],
  warnings: [],
};
const moved = {
  type: "urn:rapport:problem:draft_moved",
  title: "Somebody else changed the same file of the draft",
  status: 409,
  code: "draft_moved",
  message: "segments.yaml: changed by somebody else since",
  merges: [{ ...merge, revision: changed.revision, changedBy: act.by, changedAt: act.at }],
};
const liveMoved = {
  type: "urn:rapport:problem:live_moved",
  title: "Another version went live",
  status: 409,
  code: "live_moved",
  message: "another version went live since this draft began: take it in first",
  live: version,
  merges: [merge],
};

export const described: Described<typeof operations> = {
  tag: { name: "Drafts", description: "A playbook that several people change, until it goes live." },
  calls: {
    listDrafts: {
      summary: "All drafts, newest first",
      query: PAGE,
      answers: { 200: { items: [summary], cursor: null } },
    },
    beginDraft: {
      summary: "Begin a draft",
      description: "Of the live version, unless `base` names another.",
      request: { name: "Winter discounts" },
      answers: { 201: draft },
    },
    showDraft: {
      summary: "How far a draft has come, and its files",
      params,
      answers: { 200: draft },
    },
    readDraftFiles: {
      summary: "The files of a draft",
      description:
        "Each with the text of the version that the draft began with, and the revision to save it over.",
      params,
      query: { path: { about: "Only this file: at most 300 characters", example: "segments.yaml" } },
      answers: { 200: { files: { "segments.yaml": { text, revision: changed.revision, base: before } } } },
    },
    saveDraftFiles: {
      summary: "Save files of a draft, all or none",
      description:
        "`began` is the revision that the change began with, null for a file that is new; `text` null takes a file away. Where somebody saved another since, 409 `draft_moved` shows both put together. A draft that was proposed is open again.",
      params,
      request: { files: [{ path: "notes.md", text: "What we try this winter\n", began: null }] },
      answers: { 200: draft, 409: moved },
    },
    discardDraft: {
      summary: "Forget a draft",
      params,
      answers: { 200: { discarded: draftId } },
    },
    checkDraft: {
      summary: "What is wrong with a draft, as one types",
      description: "`files` are laid over those that are saved; nothing is kept.",
      params,
      request: { files: [{ path: "segments.yaml", text: "vip: customer.ordres >= 5\n" }] },
      answers: { 200: { valid: false, errors: [finding], warnings: [] } },
    },
    keepDraft: {
      summary: "Keep a draft's files as a version, to try it",
      description:
        "As `POST /v1/playbooks` with the same files does: the version can be simulated, rendered and decided by.",
      params,
      answers: { 200: { version }, 422: invalid },
    },
    compareDraft: {
      summary: "What went live since a draft began",
      description: "Each file that the live version changed, put together with what the draft changed.",
      params,
      answers: { 200: { live: version, merges: [merge] } },
    },
    takeLive: {
      summary: "Put a draft upon the live version",
      description:
        "What only one side changed is taken; `resolved` says what a file is to be that both changed: a text, or null for none.",
      params,
      request: { resolved: { "segments.yaml": text } },
      answers: { 200: draft, 409: liveMoved },
    },
    proposeDraft: {
      summary: "Propose a draft",
      description:
        "What it says now is kept as a version: that is what somebody approves and what goes live.",
      params,
      request: { note: "Only five orders make a VIP" },
      answers: { 200: proposed, 422: invalid },
    },
    approveDraft: {
      summary: "Approve what somebody else proposed",
      params,
      answers: { 200: { ...proposed, state: "approved", approval: { ...act, by: "the head of service" } } },
    },
    publishDraft: {
      summary: "Make a draft live within 5 seconds",
      description:
        "409 `approval_needed` where the playbook asks for two people and nobody else approved; 409 `live_moved` where another version went live since.",
      params,
      request: {},
      answers: { 200: { version, previous: "pb_0a1b2c3d4e5f60718293a4b5c6" }, 409: liveMoved, 422: invalid },
    },
  },
};
