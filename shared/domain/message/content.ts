import { RapportError } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { PlaybookDocument, Treatment } from "../playbook/model/document.ts";
import { templateFor } from "../playbook/model/templates.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Message } from "../records/message.ts";

export type LocalizedContent = {
  readonly content: JsonObject;
  readonly locale: string;
};
/** What identifies a message's content: treatment and channel, or the caller's own `content`. */
export type Rendition = Pick<Message, "action" | "treatment" | "channel" | "content">;

/** The customer's locale, from the traits `locale` and `language`. */
export const localeOf = ({ traits }: CustomerState): string | undefined => {
  const wanted = [traits.locale?.value, traits.language?.value];
  return wanted.find((value): value is string => typeof value === "string" && value !== "");
};

const treatmentOf = (playbook: PlaybookDocument, wanted: Rendition): Treatment | undefined => {
  const own = playbook.actions.find(({ name }) => name === wanted.action);
  const among = own === undefined ? playbook.actions : [own];
  return among
    .flatMap(({ treatments }) => treatments)
    .find(({ name, channel }) => name === wanted.treatment && channel === wanted.channel);
};

/**
 * The Liquid sources in the locale that suits the customer best: the caller's own content, the content that the
 * treatment carries, or its template's file for the channel. Null: there is no content.
 * @param locale the customer's, when one is known
 */
export function findContent(
  playbook: PlaybookDocument,
  wanted: Rendition,
  locale: string | undefined,
): LocalizedContent | null {
  const spoken = locale ?? playbook.brand.locale;
  if (wanted.content !== undefined) return { content: wanted.content, locale: spoken };
  const treatment = treatmentOf(playbook, wanted);
  if (treatment?.content !== undefined) return { content: treatment.content, locale: spoken };
  const template = treatment?.template ?? wanted.treatment;
  return template === undefined ? null : templateFor(playbook, template, wanted.channel, locale);
}

/** `findContent` for a message, which must have content. Throws `template_failed` where it has none. */
export function contentOf(
  playbook: PlaybookDocument,
  message: Message,
  locale: string | undefined,
): LocalizedContent {
  const found = findContent(playbook, message, locale);
  if (found !== null) return found;
  throw new RapportError(
    "template_failed",
    `treatment ${message.treatment ?? "(none)"}: has no template for channel ${message.channel}`,
  );
}
