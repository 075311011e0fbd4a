import * as z from "zod/mini";
import { SCOPES } from "#ports/key-store.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";

const KINDS = ["write", "secret"] as const;

export const Key = z.object({
  /** What tells it from others; the key itself is kept nowhere. */
  id: z.string(),
  kind: z.enum(KINDS),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** Absent of keys that an earlier release made. */
  createdAt: z.optional(z.string()),
  revokedAt: z.optional(z.string()),
});
export type Key = z.output<typeof Key>;

export const KeyRequest = z.strictObject({
  /** Who will use it. */
  name: z
    .string()
    .check(z.minLength(1), z.maxLength(100), z.regex(/^[^\p{Cc}]*$/u, { error: "one line of text" })),
  /** `write`: public, for web pages and apps; default `secret`. */
  kind: z._default(z.enum(KINDS), "secret"),
  /** What a secret key is good for; a write key collects, and has none. */
  scopes: z._default(z.array(z.enum(SCOPES)), []),
});

const scope = "keys";
const unmasked = "it holds what people called their keys";

export const operations = {
  listKeys: operation({ route: "GET /v1/keys", scope, unmasked, query: Page, answers: { 200: listOf(Key) } }),
  createKey: operation({
    route: "POST /v1/keys",
    scope,
    unmasked,
    audit: "everybody",
    request: KeyRequest,
    answers: { 201: z.extend(Key, { key: z.string() }) },
  }),
  revokeKey: operation({
    route: "DELETE /v1/keys/{id}",
    scope,
    unmasked,
    audit: "everybody",
    refuses: [404],
    answers: { 200: Key },
  }),
};
