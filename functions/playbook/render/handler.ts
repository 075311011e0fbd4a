import { callers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerFinder, draftStore, playbookStore, playbooks } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { operations } from "./operations.ts";
import { renderCalls } from "./renders.ts";

export const handler = httpHandler(
  operations,
  renderCalls({
    customers: await customerFinder(),
    playbooks: playbooks(),
    drafts: draftStore(),
    store: playbookStore(),
    ...system,
  }),
  callers(),
);
