/** A published or draft version as stored: the files as they were written, plus what was made of them. */
export type StoredPlaybook = {
  readonly version: string;
  readonly name: string;
  readonly createdAt: string;
  readonly files: Readonly<Record<string, string>>;
  /** JSON text of the `PlaybookDocument`. */
  readonly document: string;
};

export type PlaybookStore = {
  /** Content-addressed: putting the same files again changes nothing. */
  readonly put: (playbook: StoredPlaybook) => Promise<void>;
  readonly get: (version: string) => Promise<StoredPlaybook | null>;
  /** The published version, or null before the first publication. One small read. */
  readonly current: () => Promise<string | null>;
  /** One pointer write. Returns the version that was live before. */
  readonly publish: (version: string, at: string) => Promise<{ readonly previous: string | null }>;
  readonly list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly items: readonly Omit<StoredPlaybook, "files" | "document">[];
    readonly cursor: string | null;
  }>;
};
