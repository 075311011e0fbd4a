import { CHANNELS } from "#channels/all.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import { categoryTitle, readable } from "#domain/playbook/model/category-title.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import { languageOf } from "#domain/playbook/model/templates.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { type Choice, type Chosen, readChoices, saveChoices } from "#usecases/record/preferences.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";

type Preferences = Extract<LinkToken, { kind: "preferences" }>;

const titleOf = (category: Category, { about, languages, playbook }: Site): string =>
  categoryTitle(category, languages, playbook?.brand.locale ?? about.locale);

const box = (site: Site, { key, category, allowed }: Choice): string =>
  `<label><input type="checkbox" name="allow" value="${escapeHtml(key)}"${allowed ? " checked" : ""}> ${escapeHtml(titleOf(category, site))}</label>
<input type="hidden" name="shown" value="${escapeHtml(key)}">`;

const channelTitle = (channel: string, { about, own }: Site): string => {
  const known = CHANNELS.get(channel)?.words.pages ?? {};
  return own[channel] ?? known[languageOf(about.locale)] ?? known.en ?? readable(channel);
};

const form = (site: Site, choices: readonly Choice[]): string => {
  const { words } = site;
  const groups = Map.groupBy(choices, ({ channel }) => channel);
  const fields = [...groups].map(
    ([channel, members]) =>
      `<fieldset><legend>${escapeHtml(channelTitle(channel, site))}</legend>\n${members.map((choice) => box(site, choice)).join("\n")}\n</fieldset>`,
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

/** Null: nothing of the person is kept any more, or nothing can be chosen. */
const answer = (site: Site, choices: readonly Choice[] | null, notice: string) =>
  choices === null
    ? page(200, { ...site.about, title: site.words.gone }, paragraph(site.words.goneText))
    : show(site, choices, notice);

const chosenIn = (form: URLSearchParams): Chosen =>
  form.get("nothing") === "1"
    ? "nothing"
    : { shown: new Set(form.getAll("shown")), allowed: new Set(form.getAll("allow")) };

export const showPreferences = async (deps: LinkDependencies, site: Site, token: Preferences) =>
  answer(site, site.playbook === null ? null : await readChoices(deps, token, site.playbook), "");

export const savePreferences = async (
  deps: LinkDependencies,
  call: LinkCall,
  site: Site,
  token: Preferences,
) => {
  const chosen = chosenIn(new URLSearchParams(call.bodyBytes.toString("utf8")));
  const choices = site.playbook === null ? null : await saveChoices(deps, token, site.playbook, chosen);
  return answer(site, choices, site.words.saved);
};
