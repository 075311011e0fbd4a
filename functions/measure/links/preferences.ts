import { consentFor } from "#domain/contact-policy/consent.ts";
import type { LinkToken } from "#domain/message/token.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { bestLocale } from "#domain/playbook/model/templates.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { changeConsent } from "./consent.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";
import { readable } from "./words.ts";

type Preferences = Extract<LinkToken, { kind: "preferences" }>;

/** One box of the form: a category on a channel. */
type Choice = {
  readonly key: string;
  readonly channel: string;
  readonly category: Category;
  readonly allowed: boolean;
};

const SOURCE = "preference page";

/** What people may choose: everything but transactional messages, on every channel that the playbook sends by. */
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

/** What the playbook calls a category in the page's language, or in the brand's. */
const titleOf = ({ name, titles = {} }: Category, { words, playbook }: Site): string => {
  const locale = bestLocale(Object.keys(titles), words.language, playbook?.brand.locale ?? words.language);
  return (locale === undefined ? undefined : titles[locale]) ?? readable(name);
};

const box = (site: Site, { key, category, allowed }: Choice): string =>
  `<label><input type="checkbox" name="allow" value="${escapeHtml(key)}"${allowed ? " checked" : ""}> ${escapeHtml(titleOf(category, site))}</label>
<input type="hidden" name="shown" value="${escapeHtml(key)}">`;

const form = (site: Site, choices: readonly Choice[]): string => {
  const { words } = site;
  const groups = Map.groupBy(choices, ({ channel }) => channel);
  const fields = [...groups].map(
    ([channel, members]) =>
      `<fieldset><legend>${escapeHtml(words.channels[channel] ?? readable(channel))}</legend>\n${members.map((choice) => box(site, choice)).join("\n")}\n</fieldset>`,
  );
  return `<form method="post">
${fields.join("\n")}
<button type="submit" class="main">${escapeHtml(words.save)}</button>
<button type="submit" name="nothing" value="1">${escapeHtml(words.nothing)}</button>
</form>`;
};

const show = (site: Site, choices: readonly Choice[], notice: string) =>
  page(
    200,
    { ...site.about, title: site.words.preferences },
    `${notice === "" ? "" : `<p role="status"><strong>${escapeHtml(notice)}</strong></p>\n`}${paragraph(site.words.preferencesText)}
${form(site, choices)}`,
  );

/** Only what the person saw and changed is written: a choice that was added since is not theirs. */
const changesOf = (choices: readonly Choice[], body: URLSearchParams, at: string): Consent[] => {
  const base = { kind: "express", source: SOURCE, at } as const;
  if (body.get("nothing") === "1") {
    return [{ ...base, channel: "*", topic: "*", status: "withdrawn" }];
  }
  const shown = new Set(body.getAll("shown"));
  const allow = new Set(body.getAll("allow"));
  return choices
    .filter(({ key, allowed }) => shown.has(key) && allow.has(key) !== allowed)
    .map(({ key, channel, category }) => ({
      ...base,
      channel,
      topic: category.name,
      status: allow.has(key) ? ("granted" as const) : ("withdrawn" as const),
    }));
};

const gone = ({ about, words }: Site) =>
  page(200, { ...about, title: words.gone }, paragraph(words.goneText));

export async function showPreferences(deps: LinkDependencies, site: Site, token: Preferences) {
  const customer = await deps.customers.load(token.customerId);
  if (customer === null || site.playbook === null) return gone(site);
  const now = new Date(deps.clock.now()).toISOString();
  return show(site, choicesOf(site.playbook, customer.consent, now), "");
}

export async function savePreferences(
  deps: LinkDependencies,
  request: LinkCall,
  site: Site,
  token: Preferences,
) {
  const customer = await deps.customers.load(token.customerId);
  if (customer === null || site.playbook === null) return gone(site);
  const { customerId } = customer.state;
  const at = new Date(deps.clock.now()).toISOString();
  const before = choicesOf(site.playbook, customer.consent, at);
  const changes = changesOf(before, new URLSearchParams(request.bodyBytes.toString("utf8")), at);
  await changeConsent(deps, customerId, token.messageId, changes);
  const after = changes.length === 0 ? customer : await deps.customers.load(customerId);
  return show(site, choicesOf(site.playbook, after?.consent ?? customer.consent, at), site.words.saved);
}
