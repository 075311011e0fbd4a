import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { operations } from "./operations.ts";

export default {
  failureImpact: "Nobody can write in the chat on the company's pages, or sees what was answered there.",
  operations,
  withoutKey:
    "Whoever writes and reads in a chat shows its signed token, which a session gives for a write key.",
  uses: [
    "chats:read-write",
    "originals:keep",
    "inbox:send",
    "playbooks:read",
    "identifier-key:read",
    "identity-key:read",
    "link-key:read",
  ],
} satisfies FunctionDefinition;
