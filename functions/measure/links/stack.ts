import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Links in messages lead nowhere and people cannot unsubscribe.",
  routes: [
    "GET /l/{token}",
    "GET /o/{token}",
    "GET /u/{token}",
    "POST /u/{token}",
    "GET /p/{token}",
    "POST /p/{token}",
  ],
  uses: [
    "customers:read-write",
    "history:read",
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
    "link-key:read",
    "public-url",
  ],
  memorySize: 1024,
} satisfies FunctionDefinition;
