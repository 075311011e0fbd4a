import * as z from "zod/mini";
import type { Operation } from "#runtime/http/operation.ts";

export const operations: readonly Operation[] = [
  {
    route: "GET /openapi.json",
    summary: "This document",
    scope: null,
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
];
