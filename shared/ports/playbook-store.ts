import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";

/** A published or draft version as stored: the files as they were written, plus what was made of them. */
export type StoredPlaybook = {
  readonly version: string;
  readonly name: string;
  /** ISO-8601 UTC with milliseconds. */
  readonly createdAt: string;
  readonly files: Readonly<Record<string, string>>;
  /** JSON text of the `PlaybookDocument`. */
  readonly document: string;
};
export type PlaybookSummary = Omit<StoredPlaybook, "files" | "document">;

/** Versions in the form that their user needs: with every rule compiled, or as they were written. */
export type PlaybookVersions<T> = {
  /** The published playbook; a publication is seen within 5 s. Throws `unavailable` when none is published. */
  readonly current: () => Promise<T>;
  /** A version by name, published or not. Throws `not_found`. */
  readonly get: (version: string) => Promise<T>;
};
export type CompiledVersions = PlaybookVersions<CompiledPlaybook>;

export type PlaybookStore = {
  /** Content-addressed: putting the same version again changes nothing; the first `createdAt` stays. */
  readonly put: (playbook: StoredPlaybook) => Promise<void>;
  readonly get: (version: string) => Promise<StoredPlaybook | null>;
  /** The document alone: what deciding needs, without the files. */
  readonly document: (version: string) => Promise<string | null>;
  /** The published version, or null before the first publication. One small read. */
  readonly current: () => Promise<string | null>;
  /** One pointer write; the version must have been put. Returns the version that was live before. */
  readonly publish: (version: string, at: string) => Promise<{ readonly previous: string | null }>;
  /** As `publish`, only while `expected` is live: somebody may have published between looking and this. */
  readonly publishOver: (version: string, at: string, expected: string) => Promise<"published" | "moved">;
  /** Newest first. A cursor that is none of ours is `invalid_request`. */
  readonly list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly items: readonly PlaybookSummary[];
    readonly cursor: string | null;
  }>;
};
