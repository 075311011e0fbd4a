import { categoryTitle } from "#domain/playbook/model/category-title.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { type Confirm, confirmConsent } from "#usecases/record/confirm-consent.ts";
import { answered } from "./answered.ts";
import type { LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";

/** GET only shows a page: mail scanners follow every link, and their looking is nobody's yes. */
export const askToSubscribe = ({ about, words, languages, playbook }: Site, { topics }: Confirm) => {
  const titles = (playbook?.contactPolicy.categories ?? [])
    .filter(({ name }) => topics.includes(name))
    .map((category) => categoryTitle(category, languages, playbook?.brand.locale ?? about.locale));
  return page(
    200,
    { ...about, title: words.subscribe },
    `${paragraph(words.subscribeTo)}
<ul>${titles.map((title) => `<li>${escapeHtml(title)}</li>`).join("")}</ul>
<form method="post">
<button type="submit" class="main">${escapeHtml(words.subscribeNow)}</button>
</form>`,
  );
};

/** POST confirms what the link names, whatever the form says; where the playbook cannot be read, it fails and can be tried again. */
export const answerSubscribe = async (deps: LinkDependencies, site: Site, token: Confirm) => {
  if (!(await confirmConsent(deps, token, await deps.playbook()))) {
    return page(200, { ...site.about, title: site.words.gone }, paragraph(site.words.goneText));
  }
  return answered(deps, site, token, { title: site.words.subscribed, text: site.words.subscribedText });
};
