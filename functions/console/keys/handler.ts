import { systemClock as clock } from "#runtime/clock.ts";
import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { keyRegister } from "#runtime/stores.ts";
import { keyCalls } from "./keys.ts";
import { operations } from "./operations.ts";

export const handler = httpHandler(operations, keyCalls({ keys: keyRegister(), clock }), auditedCallers());
