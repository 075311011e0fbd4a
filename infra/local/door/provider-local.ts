import type { TextSize } from "#channels/definition/definition.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { AccountSecrets } from "#ports/provider-accounts.ts";
import type { AwsRequest, Service } from "../aws/protocol.ts";
import type { Identify, Identity } from "./identify.ts";

/** How the local cloud plays one provider: the face `local.ts` of the provider's folder. */
export type ProviderLocal = {
  /** Its API in usage, faults and the outbox; behind a colon follows the operation. */
  readonly service: string;
  /** How its requests are told from those of others, and which operation each asks for. Absent: it is asked nothing. */
  readonly requests?: ProviderRequests;
  /** How it is spoken to, where that is not HTTP. */
  readonly listens?: ProviderListens;
  /** What is secret of its account `default`, which is there while a hub is only tried. */
  readonly account?: AccountSecrets;
  /** The error code and status by which it throttles. */
  readonly throttles: readonly [code: string, status: number];
  /** List price of a million requests, where there is one. */
  readonly dollarsPerMillion?: number;
  /** CloudFormation types of its resources that are played. */
  readonly types?: Readonly<Record<string, Identify>>;
  /** Types that have nothing to do here. */
  readonly inertTypes?: readonly string[];
  /** Whether what goes out by it really leaves where there is a mail server: else a hub that serves customers has it not. */
  readonly reallySends?: boolean;
  readonly play: (door: LocalDoor) => LocalPlay;
};

export type ProviderRequests =
  /** AWS, JSON: the first part of the header `x-amz-target`; the second is the operation. */
  | { readonly target: string }
  /** AWS, REST: the service that the signature names. */
  | { readonly signature: string; readonly operationOf: (request: AwsRequest) => string }
  /** Anybody else: the environment variable of the worker that holds the API's address. Paths are those behind it. */
  | { readonly addressIn: string; readonly operationOf: (request: AwsRequest) => string };

/** Another protocol than HTTP, on a port of the loopback, while a hub is only tried. */
export type ProviderListens = {
  /** @param take answers what it was handed: with a status of HTTP, or null where nobody answers any more */
  readonly listen: (take: (posted: Posted) => Promise<number | null>) => Promise<Listening>;
  /** What is secret of its account `default`. @param address host and port where it listens */
  readonly account: (address: string) => AccountSecrets;
  /** What is asked of it, as usage and faults know it. */
  readonly operation: string;
};

/** What a client handed over; `headers` holds what is not in it. */
export type Posted = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
export type Listening = { readonly address: string; readonly stop: () => void };

/** A provider while the local cloud runs. */
export type LocalPlay = {
  /** Answers the requests of its API. What would reach somebody goes into the outbox. */
  readonly answer: Service;
  /** Tells what became of a message that is in the outbox, in its own shape. Absent: it never tells. */
  readonly giveFeedback?: (sent: Sent, feedback: Feedback) => Delivery | Promise<Delivery>;
  /** Brings in a customer's message in its own shape, by channel. */
  readonly bringIn?: Readonly<Record<string, (inbound: Inbound) => Delivery | Promise<Delivery>>>;
};

/** What the local cloud offers to those that play a provider. */
export type LocalDoor = {
  /** Milliseconds since the epoch, by the clock that can be turned. */
  readonly now: () => number;
  readonly outbox: { readonly add: (sent: Sent) => void; readonly count: () => number };
  /** The resources of a type in the templates, with every intrinsic function resolved. */
  readonly resources: (type: string) => readonly LocalResource[];
  readonly publish: (
    topicArn: string,
    notification: { readonly message: string; readonly subject?: string },
  ) => void;
  /** Puts an event on the account's default bus. */
  readonly putEvent: (event: {
    readonly source: string;
    readonly detailType: string;
    readonly detail: JsonObject;
  }) => void;
  /** Hands a report to the hub, for a provider that knows no topics. */
  readonly report: (event: JsonObject) => Delivery;
  /** Hands over what a customer wrote, for a service that publishes it to a topic. */
  readonly receive: (payload: string) => Delivery;
  /** Puts bytes into a bucket, for a service that keeps there what customers write. */
  readonly putObject: (bucket: string, key: string, body: Buffer) => void;
  /** Where the hub is called, without a slash at the end: some providers sign the address. */
  readonly apiUrl: string;
  /** Calls the hub as a provider's webhook does. */
  readonly post: (
    path: string,
    call: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ) => Promise<Delivery>;
  /** The same, with what the hub answered. */
  readonly ask: (
    path: string,
    call: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ) => Promise<{ readonly status: number; readonly body: string }>;
  /** Fetches a page of the hub, given by its path, as a reader's mail program does. @returns the status */
  readonly visit: (path: string) => Promise<number>;
  /** `smtp://...`: what goes out by mail is really sent. */
  readonly smtpUrl: string | undefined;
};

export type LocalResource = {
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly identity: Identity;
};

/** One call to a provider, decoded. Kept on disk; the same call twice gives two. */
export type Sent = {
  readonly channel: string;
  /** The provider's `service`; behind a colon more of it, where it has several ways. */
  readonly provider: string;
  readonly to: string;
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Our own id, from the tag or context `messageId` of the call; null when the call carried none. */
  readonly messageId: string | null;
  readonly providerMessageId: string;
  readonly at: string;
  /** The provider's tags or context as they were given. */
  readonly tags?: { readonly [name: string]: string };
  /** How the networks carry the text, where they count more than messages. */
  readonly size?: TextSize;
  readonly data?: { readonly [name: string]: string };
  readonly configurationSet?: string;
  readonly function: string | null;
};

export type Feedback = {
  /** What is told, in our words: `delivered`, `bounced`. */
  readonly type: string;
  /** ISO-8601 */
  readonly at: string;
  /** The link of a click. */
  readonly url: string | undefined;
};

export type Inbound = {
  readonly channel: string;
  readonly from: string;
  readonly to?: string | undefined;
  readonly text: string;
  readonly subject?: string | undefined;
  /** The provider's message id that this answers. */
  readonly inReplyTo?: string | undefined;
  /** What we sent that this answers. */
  readonly answered?: Sent | undefined;
  /** The same id is the same delivery. */
  readonly providerMessageId: string;
  /** What comes along; `content` in base64. */
  readonly attachments?: readonly InboundAttachment[] | undefined;
  /** The provider's own payload, to be handed over as it is: then the other members say nothing. */
  readonly raw?: string | undefined;
  /** As `raw`, where it was given as bytes. */
  readonly rawBytes?: Buffer | undefined;
};

export type InboundAttachment = { readonly name: string; readonly type: string; readonly content: string };

/** Where something went that a provider tells, or why it could go nowhere. */
export type Delivery =
  | {
      readonly ok: true;
      readonly deliveredTo: readonly string[];
      /** Of what a customer wrote. */
      readonly providerMessageId?: string;
    }
  | { readonly ok: false; readonly status: 404 | 422 | 501 | 502; readonly message: string };

export const notWired = (message: string): Delivery => ({ ok: false, status: 501, message });

export const unknownType = (type: string, known: readonly string[]): Delivery => ({
  ok: false,
  status: 422,
  message: `the provider has no event for "${type}"; known: ${known.join(", ")}`,
});
