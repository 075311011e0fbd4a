import type { ReceivedMessage } from "#channels/definition/received.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { SendResult } from "./provider.ts";
import type { AccountSecrets } from "./provider-accounts.ts";

/** How a provider's API says each thing, for the suite that all providers pass (test/providers): the face `contract.ts`. */
export type ProviderContract = {
  /** By channel. */
  readonly sending: Readonly<Record<string, SendingContract>>;
  /** Events of its own shape, and what each says. Null: nothing of a message of ours. */
  readonly reports: readonly { readonly event: unknown; readonly says: ProviderReport | null }[];
  /** Payloads of `inbound.ts`, and the messages in each. Undefined: it is not taken for one of its own. */
  readonly inbound?: readonly {
    readonly payload: unknown;
    readonly says: readonly ReceivedMessage[] | undefined;
    /** What it tells of messages of ours. Absent: nothing. */
    readonly reports?: readonly ProviderReport[];
    /** How much of it nobody reads. Absent: none. */
    readonly unread?: number;
  }[];
};

export type SendingContract = {
  /** What it speaks with its provider: HTTP, unless it says that it hands over mails, or that nothing leaves the hub. */
  readonly speaks?: "mail" | "nothing";
  /** What is secret of the account that it sends by, where it has accounts. @param url as of `settings` */
  readonly secrets?: (url: string) => AccountSecrets;
  /** Values of the sender's settings. @param url where the suite answers in the provider's place */
  readonly settings: (url: string) => Readonly<Record<string, string>>;
  /** What the channel's worker may do for it beyond what every worker may: resource -> actions. */
  readonly rights: Readonly<Record<string, string>>;
  /** A message as the channel renders it. */
  readonly message: unknown;
  /** Reads the body of its call, as a text that came. Absent: it is JSON. */
  readonly readBody?: (body: string) => unknown;
  /** The one call that sends it, for the ids of `CONTRACT_IDS`; of a mail whom it goes to, and what it says. */
  readonly request: { readonly path: string; readonly body: object };
  readonly accepted: readonly AnswerAndResult[];
  /** Nothing can be done for this message: the recipient's fault, or the message's own. */
  readonly refused: readonly AnswerAndResult[];
  /**
   * A person has to act on our side; the message may still be in time afterwards. What the sender advises is left out here:
   * the suite only asks that there are words.
   */
  readonly senderAtFault: readonly AnswerAndResult[];
  readonly throttled: readonly AnswerAndResult[];
  /** It was surely not sent. A connection that is refused and a plain 503 are tried for every provider. */
  readonly outage: readonly AnswerAndResult[];
  /** Nobody knows whether it was sent. Silence, a broken connection and a plain 500 are tried for every provider. */
  readonly unknown: readonly ApiAnswer[];
};

export type AnswerAndResult = { readonly answer: ApiAnswer; readonly result: SendResult };

export type ApiAnswer = {
  /** Of HTTP, or of SMTP; then `body` says at which `command`, and in which `words`. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
};

/** The contract's messages are sent with these, an hour before their deadline at noon of 2027-01-01 UTC. */
export const CONTRACT_IDS = {
  messageId: "msg_1",
  lane: "bulk",
  deadline: "2027-01-01T12:00:00.000Z",
} as const;
