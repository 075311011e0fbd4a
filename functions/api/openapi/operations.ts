import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";

export const operations = {
  showDocument: operation({
    route: "GET /openapi.json",
    scope: null,
    answers: { 200: z.looseObject({ openapi: z.string() }) },
  }),
};
