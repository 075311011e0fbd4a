import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { renderedBefore } from "#runtime/rendered-before.ts";
import { draftStore, jobStore, playbookStore, runEditing, runLists } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { draftCalls } from "./drafts.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  draftCalls({
    drafts: draftStore(),
    playbooks: playbookStore(),
    edits: runEditing(),
    confirming: { lists: runLists(), jobs: jobStore() },
    renderMjml: renderedBefore(renderMjml),
    failedTests: async (parsed) => (await import("./later.ts")).failedTests(parsed),
    ...system,
  }),
  auditedCallers(),
);
