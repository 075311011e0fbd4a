import type { JsonObject } from "#kernel/json.ts";

/**
 * What a channel is to those who do not know it by name: who reads and checks playbooks, the API, the public pages.
 * Plain data that every function may carry. What only some need lies beside it in the channel's folder: `addresses.ts`,
 * `render.ts`, and `message.ts`, which its providers take.
 */
export type Channel = {
  readonly words: ChannelWords;
  /** STOP, START and HELP, written alone, mean there what the law says. */
  readonly keywords?: true;
  /** Absent: content of any form, which somebody else shows. */
  readonly content?: ChannelContent;
  /** Who sends, as a playbook says it. Absent: the provider knows. */
  readonly sender?: {
    /** What `from` must be, where it is missing. */
    readonly expected: string;
    /** Providers know it too, by the account: a playbook need not say it. */
    readonly optional?: true;
    /** What is kept of `from` and `replyTo`; nothing where nobody could send. */
    readonly keep: (written: Partial<SenderFields>) => SenderFields | undefined;
  };
};

export type ChannelWords = {
  /** One message of it in an English sentence: `text message`. */
  readonly message: string;
  /** What the public pages call the channel, by language: `en`, `de`. English stands in for those that are not there. */
  readonly pages: Readonly<Record<string, string>>;
};

export type SenderFields = { readonly from: string; readonly replyTo?: string };

export type ChannelContent = {
  readonly features: {
    /** A subject, in front of the text where a file holds both. */
    readonly subject: boolean;
    readonly html: boolean;
  };
  /** Extension of the file that a treatment without a template is told to have. */
  readonly file: "mjml" | "txt" | "yaml";
  /** What a message cannot do without. */
  readonly required: readonly RequiredPart[];
  /** Parts that no other channel's content has: they tell where content goes that is sent along with a request. */
  readonly marks: readonly string[];
  /** Whoever reads its text can follow a link in it. */
  readonly carriesLinks?: true;
  /** A text alone goes here, unless the address it goes to says otherwise. */
  readonly takesBareText?: true;
  /** How large a text is on the way, where that is more than its characters. */
  readonly measure?: (text: string) => TextSize;
  /** What its YAML files may hold. Absent: anything. */
  readonly members?: ContentMembers;
  /** What is wrong with content that has these members, beyond what they tell themselves. */
  readonly faults?: (content: JsonObject) => readonly ContentFault[];
  /** What rendered content says, where that is no text of its own. */
  readonly shown?: (content: JsonObject) => string;
  /** Set where not everything is taken at any time. */
  readonly window?: WritingWindow;
};

/** Whoever wrote to us may be written to freely for so long; before and after that, only what was approved. */
export type WritingWindow = {
  readonly lastsMs: number;
  /** Whether content is taken at any time. */
  readonly isApproved: (content: JsonObject) => boolean;
};

export type ContentFault = {
  /** Names and numbers that lead to it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
};

/** How the networks carry a text. */
export type TextSize = {
  /** The alphabet: `GSM-7` where all of its characters are in it, else `UCS-2`. */
  readonly encoding: "GSM-7" | "UCS-2";
  /** The characters, each once, that are not in the smaller alphabet. */
  readonly foreign: readonly string[];
  /** Septets (GSM-7) or 16-bit units (UCS-2). */
  readonly units: number;
  /** Messages that are sent and billed for it. */
  readonly parts: number;
};

export type RequiredPart = {
  /** The names of parts of which one has to be there. */
  readonly oneOf: readonly string[];
  /** The part that a caller is told to send, and in which words. */
  readonly field: string;
  readonly expected: string;
};

export type ContentMembers = Readonly<Record<string, ContentMember>>;

export type ContentMember = (
  | { readonly kind: "line" | "text"; readonly max: number }
  /** A text that is no Liquid: its `{{1}}` and `{{name}}` are filled in by whoever carries it. Kept as `{1}` and `{name}`. */
  | { readonly kind: "approved"; readonly max: number }
  /** Names with texts. */
  | { readonly kind: "names" }
  /** Texts in their order, or names with texts. */
  | { readonly kind: "parameters"; readonly most: number }
  | { readonly kind: "choice"; readonly among: readonly [string, ...string[]] }
  | { readonly kind: "list"; readonly of: ContentMembers; readonly most: number }
  | { readonly kind: "object"; readonly members: ContentMembers }
) & { readonly optional?: true };
