import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

const KEY = {
  id: "0b7c7c1e7e0d",
  kind: "secret",
  name: "crm",
  scopes: ["profiles:read", "decide"],
  createdAt: "2026-11-30T09:31:00.000Z",
} as const;

export const described: Described<typeof operations> = {
  tag: { name: "Keys", description: "What programs call the API with." },
  calls: {
    listKeys: {
      summary: "All keys, the newest first, the revoked among them",
      query: PAGE,
      answers: { 200: { items: [KEY], cursor: null } },
    },
    createKey: {
      summary: "Make a key",
      description:
        "`key` is answered this once: its SHA-256 alone is kept. A key makes none that may more than itself.",
      request: { name: "crm", kind: "secret", scopes: ["profiles:read", "decide"] },
      answers: { 201: { ...KEY, key: "sk_GmC2..." } },
    },
    revokeKey: {
      summary: "Revoke a key",
      description: "The hub refuses it within 60 seconds. It stays in the list.",
      params: { id: { about: "The key's `id`", example: "0b7c7c1e7e0d" } },
      answers: { 200: { ...KEY, revokedAt: "2026-11-30T10:15:00.000Z" } },
    },
  },
};
