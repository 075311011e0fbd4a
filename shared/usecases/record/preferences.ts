import { allows, consentFor } from "#domain/contact-policy/consent.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { AddressConsent, Consent } from "#domain/records/permission.ts";
import { type ConsentDependencies, changeConsent, type Mailbox } from "./change-consent.ts";

/** What a customer may choose: a category on a channel. */
export type Choice = {
  readonly key: string;
  readonly channel: string;
  readonly category: Category;
  readonly allowed: boolean;
};

/** What a person chose, by the keys of choices; or that nothing at all is to come any more. */
export type Chosen =
  | { readonly shown: ReadonlySet<string>; readonly allowed: ReadonlySet<string> }
  | "nothing";

type Preferences = Extract<LinkToken, { kind: "preferences" }>;

const SOURCE = "preference page";

/** The customer as asked for, and what was said where the message went by whose link they came. */
type Asked = {
  readonly customer: CustomerRecord;
  readonly mailbox: Mailbox | undefined;
  readonly said: readonly AddressConsent[];
};

/** Null: nothing of the customer is kept any more. */
const readAsked = async (
  { customers, suppressions }: ConsentDependencies,
  { customerId, channel, address }: Preferences,
): Promise<Asked | null> => {
  const mailbox = channel === undefined || address === undefined ? undefined : { channel, address };
  const [customer, facts] = await Promise.all([
    customers.load(customerId),
    mailbox === undefined ? undefined : suppressions.find(mailbox.channel, [mailbox.address]),
  ]);
  return customer === null
    ? null
    : { customer, mailbox, said: facts?.get(mailbox?.address ?? "")?.said ?? [] };
};

/** Everything but transactional messages, on every channel that the playbook sends by. */
const choicesOf = (playbook: PlaybookDocument, { customer, mailbox, said }: Asked, now: string): Choice[] => {
  const channels = playbook.brand.channelPreference;
  const categories = playbook.contactPolicy.categories.filter(({ transactional }) => !transactional);
  return channels.flatMap((channel) =>
    categories.map((category) => {
      const saidThere = channel === mailbox?.channel ? said : [];
      const verdict = consentFor(customer.consent, category, channel, { now, inline: false, saidThere });
      return {
        key: `${channel}|${category.name}`,
        channel,
        category,
        allowed: allows(verdict),
      };
    }),
  );
};

/** Only what the person saw and changed is written: a choice that was added since is not theirs. */
const changesOf = (choices: readonly Choice[], chosen: Chosen, at: string): Consent[] => {
  const base = { kind: "express", source: SOURCE, at } as const;
  if (chosen === "nothing") return [{ ...base, channel: "*", topic: "*", status: "withdrawn" }];
  return choices
    .filter(({ key, allowed }) => chosen.shown.has(key) && chosen.allowed.has(key) !== allowed)
    .map(({ key, channel, category }) => ({
      ...base,
      channel,
      topic: category.name,
      status: chosen.allowed.has(key) ? ("granted" as const) : ("withdrawn" as const),
    }));
};

/** What the customer may choose, and what they agreed to; null when nothing of them is kept any more. */
export const readChoices = async (
  deps: ConsentDependencies,
  token: Preferences,
  playbook: PlaybookDocument,
): Promise<readonly Choice[] | null> => {
  const asked = await readAsked(deps, token);
  return asked === null ? null : choicesOf(playbook, asked, new Date(deps.clock.now()).toISOString());
};

/** Saves what was chosen; gives what the customer agrees to now, null when nothing of them is kept any more. */
export const saveChoices = async (
  deps: ConsentDependencies,
  token: Preferences,
  playbook: PlaybookDocument,
  chosen: Chosen,
): Promise<readonly Choice[] | null> => {
  const asked = await readAsked(deps, token);
  if (asked === null) return null;
  const { customerId } = asked.customer.state;
  const at = new Date(deps.clock.now()).toISOString();
  const entries = changesOf(choicesOf(playbook, asked, at), chosen, at);
  await changeConsent(deps, { customerId, mailbox: asked.mailbox, messageId: token.messageId, entries });
  const after = entries.length === 0 ? asked : await readAsked(deps, token);
  return choicesOf(playbook, after ?? asked, at);
};
