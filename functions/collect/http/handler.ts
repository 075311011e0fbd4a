import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { apiKeys, identityKeys, inbox } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { collectCalls } from "./calls.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(
  operations,
  collectCalls({ inbox: await inbox(), identityKeys, ...readEnv("publicUrl"), ...system }),
  apiKeys(),
);
