import type { LinkToken } from "#domain/message/token-fields.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { unsubscribe } from "#usecases/record/unsubscribe.ts";
import { answered } from "./answered.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";

type Unsubscribe = Extract<LinkToken, { kind: "unsubscribe" }>;

/** GET only shows a page: mail scanners fetch every link of a mail (RFC 8058, 3.2). */
export const askToUnsubscribe = ({ about, words }: Site) =>
  page(
    200,
    { ...about, title: words.unsubscribe },
    `${paragraph(words.unsubscribeFrom)}
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<input type="hidden" name="by" value="page">
<button type="submit" class="main">${escapeHtml(words.confirm)}</button>
</form>`,
  );

/**
 * POST unsubscribes at once: no cookie, no redirect, no second question (RFC 8058, 3.2). Any body will do: the token
 * alone says who and from what, and withdrawing must not fail on a form field (GDPR 7(3)).
 */
export const answerUnsubscribe = async (
  deps: LinkDependencies,
  call: LinkCall,
  site: Site,
  token: Unsubscribe,
) => {
  const isPage = call.bodyBytes.toString("utf8").includes("by=page");
  const source = isPage ? "unsubscribe page" : "one-click unsubscribe";
  if (!(await unsubscribe(deps, token, source))) {
    return page(200, { ...site.about, title: site.words.gone }, paragraph(site.words.goneText));
  }
  return answered(deps, site, token, { title: site.words.done, text: site.words.doneText });
};
