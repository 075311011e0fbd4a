import { INBOUND } from "#providers/all.inbound.ts";
import { readEnv, readVariable } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import {
  customerStore,
  inbox,
  messageStore,
  originals,
  playbookDocuments,
  providerAccounts,
  suppressionStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { webhookCalls } from "./calls.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  webhookCalls({
    accounts: providerAccounts(),
    inbound: INBOUND,
    originals: originals(),
    inbox: await inbox(),
    suppressions: await suppressionStore(),
    messages: messageStore(),
    customers: await customerStore(),
    playbooks: playbookDocuments(),
    publicUrl: readEnv("publicUrl").publicUrl.replace(/\/$/, ""),
    setting: readVariable,
    bucket: readEnv("originalsBucket").originalsBucket,
    ...system,
  }),
);
