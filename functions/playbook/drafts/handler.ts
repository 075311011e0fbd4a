import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { renderedBefore } from "#runtime/rendered-before.ts";
import { apiKeys, draftStore, playbookStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { draftCalls } from "./drafts.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  draftCalls({
    drafts: draftStore(),
    playbooks: playbookStore(),
    renderMjml: renderedBefore(renderMjml),
    ...system,
  }),
  apiKeys(),
);
