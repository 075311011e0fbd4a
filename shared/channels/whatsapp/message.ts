import type { MediaType } from "./members.ts";

/** A message as every provider of WhatsApp takes it. */
export type WhatsAppMessage = {
  /** A number, E.164 without its plus, or Meta's own id of a person (`DE.abc123`). */
  readonly to: string;
  /** The id of a phone number of ours, where the playbook names one. */
  readonly from?: string;
  readonly content: WhatsAppContent;
};

export type WhatsAppContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "media"; readonly media: WhatsAppMedia; readonly caption?: string }
  /** A text with buttons or one link under it. */
  | {
      readonly kind: "buttons";
      readonly text: string;
      readonly media?: WhatsAppMedia;
      readonly footer?: string;
      readonly under:
        | { readonly replies: readonly { readonly id: string; readonly title: string }[] }
        | { readonly link: { readonly title: string; readonly url: string } };
    }
  | ({ readonly kind: "template" } & WhatsAppTemplate);

/** What Meta approved, with what fills its places. */
export type WhatsAppTemplate = {
  readonly name: string;
  /** As Meta writes it: `en_US`. */
  readonly language: string;
  /** What fills the title's one place. */
  readonly title?: string;
  readonly media?: WhatsAppMedia;
  /** In their order; with names where the template names its places. */
  readonly parameters: readonly { readonly name?: string; readonly text: string }[];
  readonly buttons: readonly {
    /** From 0. */
    readonly index: number;
    readonly type: "url" | "payload" | "code";
    readonly text: string;
  }[];
};

export type WhatsAppMedia = {
  readonly type: MediaType;
  readonly url: string;
  /** Of a document. */
  readonly name?: string;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: WhatsAppMessage = {
  to: "4915112345678",
  from: "phone-number-id-1",
  content: {
    kind: "template",
    name: "order_shipped",
    language: "en_US",
    parameters: [{ text: "Ada" }],
    buttons: [{ index: 0, type: "url", text: "A-1" }],
  },
};
