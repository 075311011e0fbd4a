import { pendingTopics } from "../contact-policy/pending-topics.ts";
import { confirmationMessage } from "../message/confirmation.ts";
import { localeOf } from "../message/content.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { carriesLinks } from "../playbook/model/confirm.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { MessageOrder } from "./decide-message.ts";
import { ownContent } from "./input/named-order.ts";

type Address = { readonly channel: string; readonly value: string };
export type Confirmation = Pick<MessageOrder, "category" | "treatments" | "content" | "data" | "confirms"> & {
  readonly channel: string;
  readonly address: Address;
};

/**
 * The message that asks a customer to confirm what is pending, or null: nothing is, or there is no address to ask at.
 * @param channel where they agreed; `*`: on the first channel of the playbook's where they can be asked
 * @param now ISO-8601 UTC
 */
export const confirmationFor = (
  { state, consent }: CustomerRecord,
  playbook: CompiledPlaybook,
  channel: string,
  now: string,
): Confirmation | null => {
  const { document } = playbook;
  const category = [...playbook.categories.values()].find(({ transactional }) => transactional);
  const channels = channel === "*" ? document.brand.channelPreference.filter(carriesLinks) : [channel];
  for (const name of channels) {
    const topics = pendingTopics(consent, document.contactPolicy, name, now);
    // Latest first.
    const to = state.addresses.find((one) => one.channel === name && one.status === "active");
    if (category === undefined || topics.length === 0 || to === undefined) continue;
    return {
      channel: name,
      category,
      treatments: [ownContent(name)],
      ...confirmationMessage(document, { channel: name, topics }, localeOf(state)),
      address: { channel: name, value: to.value },
      confirms: topics,
    };
  }
  return null;
};
