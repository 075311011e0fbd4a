import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "Document", description: "What this API can do." },
  calls: {
    showDocument: { summary: "This document", answers: { 200: { openapi: "3.1.0" } } },
  },
};
