import { CHANNELS } from "#channels/all.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import { type WordKey, wordsFor } from "#template/words/words.ts";
import { addressTypeOf, normalizeIdentifier } from "../identity/identifiers.ts";
import { localeOf } from "../message/content.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { MessageOrder } from "./decide-message.ts";
import { ownContent } from "./input/named-order.ts";

const WORDS = { stop: "stopped", start: "started", help: "helped" } as const satisfies Record<
  string,
  WordKey
>;

export type KeywordAnswer = Pick<MessageOrder, "category" | "treatments" | "content" | "data" | "address"> & {
  readonly channel: string;
};

/** Where it was written from, else the latest address there. */
const addressOf = (
  { state }: CustomerRecord,
  playbook: CompiledPlaybook,
  { channel, from }: { readonly channel: string; readonly from: unknown },
): string | undefined => {
  const type = addressTypeOf(playbook, channel);
  const country = countryOfLocale(playbook.document.brand.locale);
  const written = type && typeof from === "string" ? normalizeIdentifier(type, from, country) : null;
  const own = state.addresses.filter((one) => one.channel === channel);
  return (own.find(({ value }) => value === written) ?? own.find(({ status }) => status === "active"))?.value;
};

/**
 * The answer to a word that the law knows, in the customer's language; null where there is no category that is owed to
 * customers, or nowhere to answer.
 */
export const keywordAnswer = (
  record: CustomerRecord,
  playbook: CompiledPlaybook,
  {
    channel,
    from,
    keyword,
  }: { readonly channel: string; readonly from: unknown; readonly keyword: keyof typeof WORDS },
): KeywordAnswer | null => {
  const category = [...playbook.categories.values()].find(({ transactional }) => transactional);
  const value = addressOf(record, playbook, { channel, from });
  if (category === undefined || value === undefined || !CHANNELS.has(channel)) return null;
  const { brand } = playbook.document;
  const { words } = wordsFor([localeOf(record.state) ?? brand.locale, brand.locale], brand.words);
  const text = words[WORDS[keyword]]
    .replaceAll("{brand}", "{{ brand.name }}")
    .replaceAll("{contact}", "{{ brand.supportContact }}");
  return {
    channel,
    category,
    treatments: [ownContent(channel)],
    content: { text },
    data: {},
    address: { channel, value },
  };
};
