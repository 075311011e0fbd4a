import { httpHandler } from "#runtime/http/http-handler.ts";
import { operations } from "./operations.ts";
import { refuse } from "./refuse.ts";
import { ROUTES } from "./routes.generated.ts";

/** Answers in the form that clients know; API Gateway alone would answer in its own. */
export const handler = httpHandler(operations, { refuse: async (call) => refuse(call, ROUTES) });
