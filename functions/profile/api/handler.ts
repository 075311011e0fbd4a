import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { customerStore, historyStore, inbox, playbooks } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { operations } from "./operations.ts";
import { profileCalls } from "./profiles.ts";

export const handler = httpHandler(
  operations,
  profileCalls({
    customers: await customerStore(),
    history: historyStore(),
    inbox: await inbox(),
    playbook: playbooks().current,
    ...system,
  }),
  auditedCallers(),
);
