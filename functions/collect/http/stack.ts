import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact:
    "Events of web sites, apps and servers are refused; clients that do not retry lose them, and nobody is answered in time.",
  routes: [
    "POST /v1/identify",
    "POST /v1/track",
    "POST /v1/page",
    "POST /v1/screen",
    "POST /v1/group",
    "POST /v1/alias",
    "POST /v1/batch",
    "POST /v1/import",
    "POST /v1/i",
    "POST /v1/t",
    "POST /v1/p",
    "POST /v1/s",
    "POST /v1/g",
    "POST /v1/a",
    "POST /v1/b",
    "POST /v1/m",
    "GET /v1/projects/{writeKey}/settings",
  ],
  uses: ["keys:read", "inbox:send", "identifier-key:read", "public-url"],
  memorySize: 1024,
  canary: true,
} satisfies FunctionDefinition;
