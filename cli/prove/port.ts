import type { LinkKeys } from "#domain/message/token.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Simulator } from "#ports/checkup.ts";

export type Reply = {
  readonly status: number;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
  /** Where a redirect leads. */
  readonly location: string | null;
};

/** The hub over HTTP. `open`: as whoever follows a link of a mail, without a key. Each call is counted. */
export type ProofHub = {
  readonly url: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly collect: (type: string, event: JsonObject) => Promise<Reply>;
  readonly open: (method: string, path: string, form?: string) => Promise<Reply>;
};

/** What was used, as far as somebody counts it there. */
export type Figures = {
  /** Who counted, and what they leave out. */
  readonly countedBy: string;
  /** Requests that functions made of AWS services. */
  readonly requestsByFunctions: number | null;
  /** Requests that services made by themselves: polls and deliveries. */
  readonly requestsByServices: number | null;
  readonly invocations: number | null;
  readonly functionMilliseconds: number | null;
  readonly readUnits: number | null;
  readonly writeUnits: number | null;
  /** At list prices of us-east-1. */
  readonly dollars: number | null;
};

export type Mail = { readonly text: string };

/** The account around the hub: that of AWS, or a local cloud that plays a part of it. */
export type ProofAccount = {
  readonly kind: "aws" | "local";
  /** Gives how many stacks there are afterwards. Absent where nothing is deployed. */
  readonly deploy?: () => Promise<number>;
  /** Points a function's alias at a newer version and back. Gives both versions, the one that is left first. */
  readonly rollBack?: () => Promise<readonly [now: string, tried: string]>;
  /** Takes the stage away. Gives the stacks that are left. */
  readonly destroy?: () => Promise<readonly string[]>;
  /** Makes a key of its own and gives the hub that takes it. */
  readonly openHub: () => Promise<ProofHub>;
  readonly revokeKey: () => Promise<void>;
  /** Lines of `rapport doctor`, and whether nothing that blocks is missing. */
  readonly doctor: () => Promise<{ readonly fine: boolean; readonly lines: readonly string[] }>;
  readonly linkKeys: () => Promise<LinkKeys>;
  /** Has the provider report on a message where it does not by itself. */
  readonly report: (messageId: string, type: "delivered" | "bounced") => Promise<void>;
  /** What arrived at an address; null: nobody gives it back. */
  readonly mailAt: (address: string) => Promise<Mail | null>;
  /** Puts a letter among the dead ones of the inbox and moves all of them back. Gives how the task ended. */
  readonly redrive: (letter: { readonly body: string; readonly group: string }) => Promise<string>;
  /** What is used from here on counts. */
  readonly startCounting: () => Promise<void>;
  readonly figures: () => Promise<Figures>;
};

/** What a step works with. */
export type Proof = {
  readonly account: ProofAccount;
  readonly simulator: Simulator;
  /** Tells this run's customers and keys from those of others; no personal data. */
  readonly run: string;
  /** Files of the playbook that the story is played by. */
  readonly files: Readonly<Record<string, string>>;
  /** The caller's own mailbox, where they named one. */
  readonly mailbox: string | undefined;
  /** Asks again until there is an answer other than undefined. Throws what it waited for when its time is over. */
  readonly until: <T>(what: string, ask: () => Promise<T | undefined>) => Promise<T>;
};
