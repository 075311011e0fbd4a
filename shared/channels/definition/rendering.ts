import type { RenderText, Texts } from "#template/texts.ts";
import type { OwnWords } from "#template/words/words.ts";
import type { SenderFields } from "./definition.ts";

/** The public URLs of one message; each leads to `functions/measure/links`. */
export type MessageLinks = {
  /** Rewrites the address of a link into one that is counted. */
  readonly click: (url: string) => string;
  readonly open: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  /** Only of a message that asks to confirm consent. */
  readonly confirm?: string;
  /** Names the message in the address that answers go to. Absent: it has no id of ours. */
  readonly replyToken?: string;
};

/** All that a channel's rendering sees of a message, its customer and the playbook. */
export type RenderInput = {
  readonly messageId: string;
  /** Owed to the customer: without a way out of it, which marketing must show. */
  readonly isTransactional: boolean;
  /** The hub itself answers what the customer wrote: where a channel can say so, no machine answers it in turn. */
  readonly isAutomaticAnswer?: boolean;
  /** The customer's addresses on the channel, best first. */
  readonly addresses: readonly string[];
  /** The content's texts by name, rendered when asked for. */
  readonly texts: Texts;
  /** The content as written, for parts that are no text. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly renderText: RenderText;
  readonly sender: SenderFields | undefined;
  readonly postalAddress: string;
  readonly links: MessageLinks;
  /** What links besides those to web pages may begin with, in lower case. Absent: the usual ones (#template/links/schemes.ts). */
  readonly linkSchemes?: readonly string[] | undefined;
  readonly locale: string;
  /** What the playbook says in place of the hub's own words, or in more languages. */
  readonly ownWords?: OwnWords | undefined;
};

export type Rendered<M> = {
  /** What the channel's providers take. */
  readonly message: M;
  /** The addresses it goes to, as the profile has them. */
  readonly addresses: readonly string[];
  /** What it counts for where a provider's limit counts more than messages: the parts of a text. */
  readonly units: number;
};

/**
 * Makes a message of a channel's content; the same input always gives the same message.
 * @throws RapportError `template_failed`, naming the text at fault
 */
export type Render<M> = (input: RenderInput) => Rendered<M>;
