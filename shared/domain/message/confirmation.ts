import { CHANNELS } from "#channels/all.ts";
import { type WordKey, wordsFor } from "#template/words/words.ts";
import { categoryTitle } from "../playbook/model/category-title.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { MessageContent } from "../records/message.ts";

/** Liquid, of which the playbook alone fills in what is left open: nothing that a public key said stands in it. */
const filledIn = (words: string): string =>
  words.replaceAll("{brand}", "{{ brand.name }}").replaceAll("{topics}", "{{ data.topics }}");

/**
 * The message that asks to confirm consent to the topics, by the link `confirm_url`.
 * @param locale BCP 47, the customer's where it is known
 */
export const confirmationMessage = (
  { brand, contactPolicy }: Pick<PlaybookDocument, "brand" | "contactPolicy">,
  { channel, topics }: { readonly channel: string; readonly topics: readonly string[] },
  locale = brand.locale,
): { readonly content: MessageContent; readonly data: { readonly topics: string } } => {
  const { words } = wordsFor([locale, brand.locale], brand.words);
  const say = (key: WordKey): string => filledIn(words[key]);
  const [asked, confirm] = [say("asked"), say("askConfirm")] as const;
  const titles = contactPolicy.categories
    .filter(({ name }) => topics.includes(name))
    .map((category) => categoryTitle(category, [locale], brand.locale));
  const isMail = CHANNELS.get(channel)?.content?.features.subject === true;
  const ask = `${asked} ${confirm} {{ confirm_url }}`;
  const content = isMail
    ? {
        subject: say("askSubject"),
        text: `${asked}\n\n${confirm}\n{{ confirm_url }}\n\n${say("askElse")}\n\n{{ brand.name }}\n{{ brand.postalAddress }}\n`,
      }
    : { text: ask };
  return { content, data: { topics: titles.join(", ") } };
};
