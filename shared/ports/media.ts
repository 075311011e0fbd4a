/** What came along with a customer's message: its bytes, or why there are none. Anything thrown: not now. */
export type FetchedMedia =
  | { readonly result: "fetched"; readonly bytes: Uint8Array; readonly type?: string }
  /** The provider put it there itself. */
  | { readonly result: "kept"; readonly size: number; readonly type?: string }
  /** The provider has it no more. */
  | { readonly result: "gone" }
  | { readonly result: "too-large" };

/** What a provider fetches media with. */
export type MediaDoor = {
  /** What is secret of the account that they came to. */
  readonly secret: (name: string) => string;
  /** The value of a setting of the function that receives. */
  readonly setting: (name: string) => string;
  /** Where they are to be kept in S3, for a provider that puts them there itself. */
  readonly place: { readonly bucket: string; readonly key: string };
  /** Larger media are not fetched. */
  readonly mostBytes: number;
  /** Ends what lasts too long. */
  readonly signal: AbortSignal;
};

/** Fetches what came along with a message, by the provider's own id of it. */
export type FetchMedia = (id: string, door: MediaDoor) => Promise<FetchedMedia>;
