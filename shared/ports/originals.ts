/** What providers sent, exactly as it came: for people who doubt what was made of it. */
export type Originals = {
  /** Keeping the same payload again changes nothing. */
  readonly keep: (key: string, payload: string | Uint8Array) => Promise<void>;
  /** Its first bytes, as many as `most`, and how many there are in all. Null: it is not kept, or not any more. */
  readonly read: (key: string, most: number) => Promise<Original | null>;
};

export type Original = { readonly bytes: Uint8Array; readonly size: number };
