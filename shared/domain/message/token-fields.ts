/** What a signed token of the hub says. */
export type LinkToken =
  | { readonly kind: "click"; readonly messageId: string; readonly url: string }
  | { readonly kind: "open"; readonly messageId: string }
  | {
      readonly kind: "unsubscribe";
      readonly customerId: string;
      readonly messageId: string;
      readonly channel: string;
      readonly topic: string;
      /** Where the message went; absent in links of release 0.1. */
      readonly address?: string;
    }
  | {
      readonly kind: "preferences";
      readonly customerId: string;
      readonly messageId: string;
      /** By which channel the message went, and where; absent in links of release 0.1. */
      readonly channel?: string;
      readonly address?: string;
    }
  | {
      readonly kind: "confirm";
      readonly customerId: string;
      readonly messageId: string;
      readonly channel: string;
      readonly address: string;
      /** Categories. */
      readonly topics: readonly string[];
    }
  | SlotToken
  | ChatToken;

/** What a page shows, by its decision and rank there (from 1, at most 999). Of one length, whatever it is. */
export type SlotToken = {
  readonly kind: "slot";
  readonly decisionId: string;
  readonly rank: number;
  /** Whether the company's server had proven who asked. */
  readonly proven: boolean;
};

/**
 * Of web chat. `visitor`: a browser that comes back, whoever sits there. `session`: may write and read there. `listen`: may hear
 * that something is there, and nothing of what it is.
 */
export type ChatToken =
  | { readonly kind: "visitor"; readonly address: string }
  | {
      readonly kind: "session";
      readonly address: string;
      /** Whom the company's server had proven that it is; absent: nobody did. */
      readonly userId?: string;
    }
  | { readonly kind: "listen"; readonly address: string };

/** A token names its kind by its place here: new ones come last. */
const KINDS = [
  "click",
  "open",
  "unsubscribe",
  "preferences",
  "slot",
  "confirm",
  "visitor",
  "session",
  "listen",
] as const;

export const kindNumber = ({ kind }: LinkToken): number => KINDS.indexOf(kind);

/** What later releases added comes last, so that each reads what the other signed. */
const given = (field: string | undefined): readonly string[] => (field === undefined ? [] : [field]);

export const fieldsOf = (token: LinkToken): readonly string[] => {
  switch (token.kind) {
    case "click":
      return [token.messageId, token.url];
    case "open":
      return [token.messageId];
    case "unsubscribe":
      return [token.customerId, token.messageId, token.channel, token.topic, ...given(token.address)];
    case "preferences":
      return [token.customerId, token.messageId, ...given(token.channel), ...given(token.address)];
    case "slot":
      return [token.decisionId, String(token.rank).padStart(3, "0"), token.proven ? "1" : "0"];
    case "confirm":
      return [token.customerId, token.messageId, token.channel, token.address, ...token.topics];
    case "visitor":
    case "listen":
      return [token.address];
    case "session":
      return [token.address, ...given(token.userId)];
  }
};

/** The token of a kind's number and its fields, in the order in which they were signed; null: no kind that is known. */
export const tokenOf = (kindNumber: number, fields: readonly string[]): LinkToken | null => {
  const [first = "", second = "", third = "", fourth = ""] = fields;
  const optional = (name: "channel" | "address" | "userId", at: number) =>
    fields[at] === undefined ? {} : { [name]: fields[at] };
  const kind = KINDS[kindNumber];
  switch (kind) {
    case "click":
      return { kind, messageId: first, url: second };
    case "open":
      return { kind, messageId: first };
    case "unsubscribe":
      return {
        kind,
        customerId: first,
        messageId: second,
        channel: third,
        topic: fourth,
        ...optional("address", 4),
      };
    case "preferences":
      return {
        kind,
        customerId: first,
        messageId: second,
        ...optional("channel", 2),
        ...optional("address", 3),
      };
    case "slot":
      return { kind, decisionId: first, rank: Number(second), proven: third === "1" };
    case "confirm":
      return {
        kind,
        customerId: first,
        messageId: second,
        channel: third,
        address: fourth,
        topics: fields.slice(4),
      };
    case "visitor":
    case "listen":
      return { kind, address: first };
    case "session":
      return { kind, address: first, ...optional("userId", 1) };
    default:
      return null;
  }
};
