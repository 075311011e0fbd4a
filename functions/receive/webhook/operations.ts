import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject } from "#runtime/http/shapes.ts";

export const Taken = z.object({
  /** Messages of customers that were in it. */
  received: z.int(),
});

/** Which of them a call is in, and what it holds, is the provider's to say. */
const bodies = { "application/json": JsonObject, "application/x-www-form-urlencoded": null } as const;

export const operations = {
  takeProviderCall: operation({
    route: "POST /v1/in/{provider}/{account}",
    scope: null,
    request: bodies,
    maxBytes: BOUNDS.inboundBytes,
    refuses: [401, 404],
    answers: { 200: Taken },
  }),
  answerProvider: operation({
    route: "GET /v1/in/{provider}/{account}",
    scope: null,
    refuses: [401, 404],
    answers: { 200: "text/plain" },
  }),
};
