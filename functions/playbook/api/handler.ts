import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { draftStore, jobStore, playbookStore, runEditing, runLists } from "#runtime/stores.ts";
import { operations } from "./operations.ts";
import { playbookCalls } from "./playbooks.ts";

export const handler = httpHandler(
  operations,
  playbookCalls({
    store: playbookStore(),
    drafts: draftStore(),
    edits: runEditing(),
    confirming: { lists: runLists(), jobs: jobStore() },
    clock,
    renderMjml,
    failedTests: async (parsed) => (await import("./later.ts")).failedTests(parsed),
  }),
  auditedCallers(),
);
