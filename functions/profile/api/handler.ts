import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerStore, historyStore, playbooks } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { profileCalls } from "./profiles.ts";

export const handler = httpHandler(
  { scope: "profiles:read" },
  profileCalls({
    customers: await customerStore(),
    history: historyStore(),
    playbook: playbooks().current,
    ...system,
  }),
);
