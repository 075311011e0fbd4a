import { signToken } from "#domain/message/token.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import { escapeHtml } from "#template/html/escape.ts";
import type { LinkDependencies } from "./dependencies.ts";
import { PAGE_LINK_LIFE_MS, page, paragraph } from "./page.ts";
import type { Site } from "./site.ts";

type Answered = Extract<LinkToken, { kind: "confirm" | "unsubscribe" }>;

/** What holds now that somebody has said yes or no by a message's link, and the way to all else that they may say. */
export const answered = async (
  deps: Pick<LinkDependencies, "clock" | "linkKeys" | "publicUrl">,
  { about, words }: Site,
  { customerId, messageId, channel, address }: Answered,
  { title, text }: { readonly title: string; readonly text: string },
) => {
  const mailbox = address === undefined ? {} : { channel, address };
  const preferences = signToken(
    await deps.linkKeys(),
    { kind: "preferences", customerId, messageId, ...mailbox },
    deps.clock.now() + PAGE_LINK_LIFE_MS,
  );
  return page(
    200,
    { ...about, title },
    `${paragraph(text)}
<p><a href="${escapeHtml(`${deps.publicUrl}/p/${preferences}`)}">${escapeHtml(words.preferences)}</a></p>`,
  );
};
