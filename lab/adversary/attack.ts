/** One request as somebody makes it who has nothing but the write key. */
export type Attack = {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS";
  /** As it is sent: nobody tidies it up. */
  readonly path: string;
  /** In place of the write key's own header. Values are printable ASCII. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** It asks for a slot by an id whose answer must be that of a visitor of whom nothing is known. */
  readonly asksAs?: "customer";
  /** By which answers it is kept out, as it must be by what it brings: any other is a finding. */
  readonly refusedBy?: readonly number[];
};
