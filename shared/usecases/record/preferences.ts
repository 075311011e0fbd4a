import { consentFor } from "#domain/contact-policy/consent.ts";
import type { LinkToken } from "#domain/message/token.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { type ConsentDependencies, changeConsent } from "./change-consent.ts";

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

/** Everything but transactional messages, on every channel that the playbook sends by. */
const choicesOf = (playbook: PlaybookDocument, consent: ConsentState, now: string): Choice[] => {
  const channels = playbook.brand.channelPreference;
  const categories = playbook.contactPolicy.categories.filter(({ transactional }) => !transactional);
  return channels.flatMap((channel) =>
    categories.map((category) => {
      const verdict = consentFor(consent, category, channel, { now, inline: false });
      return {
        key: `${channel}|${category.name}`,
        channel,
        category,
        allowed: verdict === "granted" || verdict === "not-needed",
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
  { customers, clock }: ConsentDependencies,
  { customerId }: Preferences,
  playbook: PlaybookDocument,
): Promise<readonly Choice[] | null> => {
  const customer = await customers.load(customerId);
  if (customer === null) return null;
  return choicesOf(playbook, customer.consent, new Date(clock.now()).toISOString());
};

/** Saves what was chosen; gives what the customer agrees to now, null when nothing of them is kept any more. */
export const saveChoices = async (
  deps: ConsentDependencies,
  { customerId: asked, messageId }: Preferences,
  playbook: PlaybookDocument,
  chosen: Chosen,
): Promise<readonly Choice[] | null> => {
  const customer = await deps.customers.load(asked);
  if (customer === null) return null;
  const { customerId } = customer.state;
  const at = new Date(deps.clock.now()).toISOString();
  const entries = changesOf(choicesOf(playbook, customer.consent, at), chosen, at);
  await changeConsent(deps, { customerId, messageId, entries });
  const after = entries.length === 0 ? customer : await deps.customers.load(customerId);
  return choicesOf(playbook, after?.consent ?? customer.consent, at);
};
