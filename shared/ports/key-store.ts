export const SCOPES = [
  "collect",
  "profiles:read",
  "profiles:write",
  "decide",
  "send",
  "playbooks:write",
  "agents",
  "reports:read",
  "playbooks:draft",
  "people",
  "audit",
  "keys",
  "journeys",
  "agents:any",
  "sends",
] as const;
export type Scope = (typeof SCOPES)[number];

/** What a key of release 0.1 had when it was made with all scopes. */
const ALL_OF_0_1: readonly Scope[] = SCOPES.slice(0, 7);

/** A key that was made with all there were has all there are. */
export const currentScopes = (made: readonly Scope[]): readonly Scope[] =>
  ALL_OF_0_1.every((scope) => made.includes(scope)) ? SCOPES : made;

/** Whether these scopes allow what needs that one: who may publish may draft as well. */
export const allows = (scopes: readonly Scope[], needed: Scope): boolean =>
  scopes.includes(needed) || (needed === "playbooks:draft" && scopes.includes("playbooks:write"));

/** An API key as kept: by its SHA-256, never in clear. */
export type ApiKey = {
  readonly hash: string;
  readonly kind: "write" | "secret";
  readonly scopes: readonly Scope[];
  readonly name: string;
};
/** A key as people look over it. Keys of release 0.1 do not say when they were made. */
export type RegisteredKey = ApiKey & { readonly createdAt?: string; readonly revokedAt?: string };

/** What the hub asks of keys. */
export type KeyStore = {
  /** Null also for a key that is revoked. */
  readonly find: (hash: string) => Promise<ApiKey | null>;
};
/** What people do with keys. */
export type KeyRegister = {
  readonly put: (key: RegisteredKey) => Promise<void>;
  /** All there are, and all there were. */
  readonly list: () => Promise<readonly RegisteredKey[]>;
  /** The hub refuses it within 60 s; it stays in the list. */
  readonly revoke: (key: RegisteredKey, at: string) => Promise<void>;
};
