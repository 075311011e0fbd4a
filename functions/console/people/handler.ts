import { callers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { auditLog } from "#runtime/stores.ts";
import { operations } from "./operations.ts";
import { peopleCalls } from "./people.ts";

export const handler = httpHandler(operations, peopleCalls({ audit: auditLog() }), callers());
