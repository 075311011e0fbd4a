import { type LinkToken, signToken } from "#domain/message/token.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import type { Consent } from "#domain/records/permission.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { changeConsent } from "./consent.ts";
import type { LinkCall, LinkDependencies } from "./dependencies.ts";
import { page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";

type Unsubscribe = Extract<LinkToken, { kind: "unsubscribe" }>;

const PAGE_LINK_LIFE_MS = 24 * 3_600_000;

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
export async function unsubscribe(
  deps: LinkDependencies,
  request: LinkCall,
  { about, words }: Site,
  token: Unsubscribe,
) {
  const { customerId, messageId, channel, topic } = token;
  const [customer, message] = await Promise.all([
    deps.customers.load(customerId),
    deps.messages.get(messageId),
  ]);
  if (customer === null) return page(200, { ...about, title: words.gone }, paragraph(words.goneText));
  const now = deps.clock.now();
  const at = new Date(now).toISOString();
  const isPage = request.bodyBytes.toString("utf8").includes("by=page");
  const consent: Consent = {
    channel,
    topic,
    status: "withdrawn",
    kind: "express",
    source: isPage ? "unsubscribe page" : "one-click unsubscribe",
    at,
  };
  const outcome =
    message === null
      ? []
      : [outcomeEvent({ message, name: "unsubscribed", at, receivedAt: at, properties: { topic } })];
  await changeConsent(deps, customer.state.customerId, messageId, [consent], outcome);
  const preferences = signToken(
    deps.linkKeys,
    { kind: "preferences", customerId, messageId },
    now + PAGE_LINK_LIFE_MS,
  );
  return page(
    200,
    { ...about, title: words.done },
    `${paragraph(words.doneText)}
<p><a href="${escapeHtml(`${deps.publicUrl}/p/${preferences}`)}">${escapeHtml(words.preferences)}</a></p>`,
  );
}
