import { RapportError } from "../errors.ts";
import { templateFor } from "../playbook/templates.ts";
import type { PlaybookDocument, Treatment } from "../playbook/types.ts";
import type { Message } from "./types.ts";

export type LocalizedContent = {
  readonly content: Readonly<Record<string, unknown>>;
  readonly locale: string;
};

const treatmentOf = (playbook: PlaybookDocument, message: Message): Treatment | undefined => {
  const own = playbook.actions.find(({ name }) => name === message.action);
  const among = own === undefined ? playbook.actions : [own];
  return among
    .flatMap(({ treatments }) => treatments)
    .find(({ name, channel }) => name === message.treatment && channel === message.channel);
};

/**
 * The Liquid sources of a message, in the locale that suits the customer best: the caller's own content, the content
 * that the treatment carries, or its template's file for the channel.
 * @param wanted the customer's locale, when one is known
 * @throws RapportError `template_failed` when there is nothing to say
 */
export function contentOf(
  playbook: PlaybookDocument,
  message: Message,
  wanted: string | undefined,
): LocalizedContent {
  const locale = wanted ?? playbook.brand.locale;
  if (message.content !== undefined) return { content: message.content, locale };
  const treatment = treatmentOf(playbook, message);
  if (treatment?.content !== undefined) return { content: treatment.content, locale };
  const template = treatment?.template ?? message.treatment;
  const found = template === undefined ? null : templateFor(playbook, template, message.channel, wanted);
  if (found !== null) return found;
  throw new RapportError(
    "template_failed",
    `treatment ${message.treatment ?? "(none)"}: has no template for channel ${message.channel}`,
  );
}
