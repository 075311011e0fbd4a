import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact:
    "Nobody can log in to the console or stay logged in, so nobody can look after customers there.",
  operations,
  withoutKey: "Here people log in: what the issuer signed is checked, and a session's own origin.",
  uses: ["sessions:read"],
} satisfies FunctionDefinition;
