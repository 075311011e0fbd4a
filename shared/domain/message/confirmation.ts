import { CHANNELS } from "#channels/all.ts";
import { categoryTitle } from "../playbook/model/category-title.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { languageOf } from "../playbook/model/templates.ts";
import type { MessageContent } from "../records/message.ts";

type Words = {
  readonly subject: string;
  readonly asked: string;
  readonly confirm: string;
  readonly else: string;
};

/** Liquid, of which the playbook alone fills in what is left open: nothing that a public key said stands in it. */
const WORDS: Readonly<Record<string, Words>> = {
  en: {
    subject: "Please confirm that you want to hear from {{ brand.name }}",
    asked: "Somebody asked {{ brand.name }} to write to you here: {{ data.topics }}.",
    confirm: "If it was you, please confirm:",
    else: "If it was not, do nothing, and nothing of this kind will come.",
  },
  de: {
    subject: "Bitte bestätigen Sie, dass {{ brand.name }} Ihnen schreiben darf",
    asked: "Jemand hat {{ brand.name }} gebeten, Ihnen hierher zu schreiben: {{ data.topics }}.",
    confirm: "Wenn Sie das waren, bestätigen Sie es bitte:",
    else: "Wenn nicht, brauchen Sie nichts zu tun, und es kommt nichts dergleichen.",
  },
  fr: {
    subject: "Veuillez confirmer que {{ brand.name }} peut vous écrire",
    asked: "Quelqu'un a demandé à {{ brand.name }} de vous écrire ici : {{ data.topics }}.",
    confirm: "Si c'était vous, veuillez confirmer :",
    else: "Sinon, ne faites rien, et rien de tel ne vous parviendra.",
  },
  es: {
    subject: "Confirme que {{ brand.name }} puede escribirle",
    asked: "Alguien pidió a {{ brand.name }} que le escriba aquí: {{ data.topics }}.",
    confirm: "Si fue usted, confírmelo:",
    else: "Si no, no haga nada y no recibirá nada de este tipo.",
  },
  it: {
    subject: "Conferma che {{ brand.name }} può scriverti",
    asked: "Qualcuno ha chiesto a {{ brand.name }} di scriverti qui: {{ data.topics }}.",
    confirm: "Se eri tu, conferma:",
    else: "Altrimenti non fare nulla: non riceverai niente di questo tipo.",
  },
  nl: {
    subject: "Bevestig dat {{ brand.name }} u mag schrijven",
    asked: "Iemand heeft {{ brand.name }} gevraagd u hier te schrijven: {{ data.topics }}.",
    confirm: "Was u dat, bevestig het dan:",
    else: "Zo niet, dan hoeft u niets te doen en ontvangt u niets van dien aard.",
  },
};

/**
 * The message that asks to confirm consent to the topics, by the link `confirm_url`.
 * @param locale BCP 47, the customer's where it is known
 */
export const confirmationMessage = (
  { brand, contactPolicy }: Pick<PlaybookDocument, "brand" | "contactPolicy">,
  { channel, topics }: { readonly channel: string; readonly topics: readonly string[] },
  locale = brand.locale,
): { readonly content: MessageContent; readonly data: { readonly topics: string } } => {
  const spoken = [locale, brand.locale].map(languageOf).find((language) => Object.hasOwn(WORDS, language));
  const words = WORDS[spoken ?? "en"] ?? (WORDS.en as Words);
  const titles = contactPolicy.categories
    .filter(({ name }) => topics.includes(name))
    .map((category) => categoryTitle(category, spoken ?? "en", brand.locale));
  const isMail = CHANNELS.get(channel)?.content?.features.subject === true;
  const ask = `${words.asked} ${words.confirm} {{ confirm_url }}`;
  const content = isMail
    ? {
        subject: words.subject,
        text: `${words.asked}\n\n${words.confirm}\n{{ confirm_url }}\n\n${words.else}\n\n{{ brand.name }}\n{{ brand.postalAddress }}\n`,
      }
    : { text: ask };
  return { content, data: { topics: titles.join(", ") } };
};
