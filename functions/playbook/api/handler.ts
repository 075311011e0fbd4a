import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { playbookStore } from "#runtime/stores.ts";
import { playbookCalls } from "./playbooks.ts";

export const handler = httpHandler(
  { scope: "playbooks:write" },
  playbookCalls({ store: playbookStore(), clock, renderMjml }),
);
