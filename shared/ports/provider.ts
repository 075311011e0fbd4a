import type { ReceivedMessage } from "#channels/definition/received.ts";
import type { ForeignMessage, ProviderReport } from "#channels/definition/report.ts";
import type { ChatStore } from "./chat-store.ts";
import type { FetchMedia } from "./media.ts";
import type { AccountSecrets } from "./provider-accounts.ts";

/**
 * accepted: the provider has it. refused: it never will (reason for the record; `address` says the address itself is bad).
 * later: try again after `retryAfterMs`. Anything thrown: unknown whether it was sent. A reason is a short name.
 */
export type SendResult =
  | {
      readonly result: "accepted";
      readonly providerMessageId: string;
      /** Of several addresses, those that never will work. */
      readonly invalidAddresses?: readonly string[];
    }
  | { readonly result: "refused"; readonly reason: string; readonly address?: "invalid" | "bounced" }
  | PutOff;

export type PutOff = {
  readonly result: "later";
  readonly reason: string;
  readonly retryAfterMs: number;
  /** What is wrong on our side and what a person has to do, in words; absent where time alone mends it. */
  readonly advice?: string;
};

/** What travels with a message and comes back in the provider's events. */
export type SendIds = {
  readonly messageId: string;
  readonly lane: "transactional" | "bulk";
  /** ISO-8601: after this the message is not worth delivering. */
  readonly deadline: string;
};

/** What a provider takes of an account, in units: messages, or what the channel's rendering counts in them. */
export type ProviderLimits = {
  readonly perSecond: number;
  /** Of the last 24 hours, whoever sent it. Absent: there is no such limit, or the provider does not tell. */
  readonly day?: { readonly most: number; readonly used: number };
};

/** A provider's limits, and how fast to send until they are known. */
export type ProviderRate = {
  /** Asks the provider; asked again every five minutes. Undefined: it does not say. */
  readonly limit: () => Promise<ProviderLimits | undefined>;
  /** Units a second until the provider has answered, and when it does not. */
  readonly assumed: number;
  /** Begins so slowly, where no call tells the limit: the pace is found by what is throttled. Default: at the limit. */
  readonly atFirst?: number;
};

/** A provider that is ready to send. */
export type ConnectedSender<M> = {
  readonly send: (message: M, ids: SendIds) => Promise<SendResult>;
  /** Absent: nobody reaches its limits; the worker's own concurrency is lower. */
  readonly rate?: ProviderRate;
};

/** How long a sender waits for its provider, in milliseconds: for a connection, then for an answer. */
export type Patience = { readonly connectMs: number; readonly answerMs: number };

export type SenderSurroundings = {
  /** The value of one of its `settings`. */
  readonly setting: (name: string) => string;
  /** What is secret of the account that it sends by: one of `account.secrets`. */
  readonly secret: (name: string) => string;
  /** The account's name: it is called back at `/v1/in/<provider>/<account>`. */
  readonly account: string;
  readonly patience: Patience;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The hub's own chats, of the one channel that lies there. */
  readonly chats?: Pick<ChatStore, "add"> | undefined;
};

/** An account that a provider sends by, as `rapport providers connect` sets it up. */
export type SendingAccount = {
  /** Names of what its secret must hold for that. */
  readonly secrets: readonly string[];
  /** Names of what it may hold besides: without it the account is good for something else alone. */
  readonly optional?: readonly string[];
  /** What is wrong with them, in a sentence that quotes none; null: nothing that can be seen. */
  readonly examine?: (secrets: AccountSecrets) => string | null;
};

/** One provider of one channel: the face `sender.ts`, which exports it under the channel's name. */
export type ProviderSender<M> = {
  /** Environment variables that the worker must have; `resources.ts` sets them. */
  readonly settings: readonly string[];
  /** Absent: it has no accounts, the rights of the worker are enough. */
  readonly account?: SendingAccount;
  /** Called once a process, where there are accounts for each whenever its secrets change. A call is made once and never again: whether a message may go out twice is not its decision. */
  readonly connect: (around: SenderSurroundings) => ConnectedSender<M>;
};

/** What a provider's events say: the face `reports.ts`. */
export type ProviderReports = {
  /** How the plain text begins by which it tries a topic that it is told to report to. */
  readonly greeting?: string;
  /** Undefined: the event is another's. Null: it says nothing of a message of ours. */
  readonly read: (event: unknown) => ProviderReport | null | undefined;
  /** A message that another system of the same account sent. Null: the event tells of none. Absent: it never does. */
  readonly foreign?: (event: unknown) => ForeignMessage | null;
};

/** A call of a provider's to us, exactly as it came. */
export type InboundCall = {
  /** The address it called, with its query, as the provider knows it. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** How a provider that calls us proves whose its calls are. */
export type InboundWebhook = {
  /** Names of what an account's secret must hold for that. */
  readonly secrets: readonly string[];
  /** Whether the account's own signature holds at that moment (milliseconds since the epoch). Compares in constant time. */
  readonly isGenuine: (call: InboundCall, secrets: AccountSecrets, now: number) => boolean;
  /** What the call says. Absent: its JSON. @param json throws where the body is none */
  readonly payloadOf?: (call: InboundCall, json: () => unknown) => unknown;
  /** What it is answered that asks by GET whose the address is; null: it does not prove that it may. Absent: it never asks. */
  readonly greeting?: (query: Readonly<Record<string, string>>, secrets: AccountSecrets) => string | null;
};

/** What a provider hands over of what customers write: the face `inbound.ts`. */
export type ProviderInbound = {
  /** Absent: it comes by the topic that only services of AWS can publish to. */
  readonly webhook?: InboundWebhook;
  /** Fetches what came along with a message and lies with the provider. Absent: nothing does. */
  readonly media?: FetchMedia;
  /**
   * What a payload says; members that are new are passed over. Undefined: it is another's, or has a shape that nobody has
   * read yet.
   * @param account whose it is
   * @param now milliseconds since the epoch, for providers that name no time
   */
  readonly read: (payload: unknown, account: string, now: number) => Readings | undefined;
};

/** What a payload says: of several things it may bring, each stands for itself. */
export type Readings = {
  readonly messages: readonly ReceivedMessage[];
  /** What became of messages of ours. Absent: it tells nothing of them. */
  readonly reports?: readonly ProviderReport[];
  /** How much of it has a shape that nobody has read yet: a person looks at the original. Absent: none. */
  readonly unread?: number;
};
