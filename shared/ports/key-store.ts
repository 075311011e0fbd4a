export const SCOPES = [
  "collect",
  "profiles:read",
  "profiles:write",
  "decide",
  "send",
  "playbooks:write",
  "agents",
] as const;
export type Scope = (typeof SCOPES)[number];

/** An API key as kept: by its SHA-256, never in clear. */
export type ApiKey = {
  readonly hash: string;
  readonly kind: "write" | "secret";
  readonly scopes: readonly Scope[];
  readonly name: string;
};
export type KeyStore = {
  readonly find: (hash: string) => Promise<ApiKey | null>;
  readonly put: (key: ApiKey) => Promise<void>;
};
