import { isChannel } from "#channels/all.ts";
import type { MessageLinks, Render, Rendered } from "#channels/definition/rendering.ts";
import { keepHtmlLinks } from "#template/html/kept-links.ts";
import { keepTextLinks, linkGuard } from "#template/links/guard.ts";
import { renderLiquid, type Setting } from "#template/liquid/template.ts";
import { type RenderText, textsOf } from "#template/texts.ts";
import type { Brand } from "../../playbook/model/document.ts";
import { MESSAGE_RECEIVED } from "../../playbook/model/known.ts";
import { hostsOfBrand, hostsOfContent } from "../../playbook/model/named-hosts.ts";
import type { Message, MessageWarning } from "../../records/message.ts";

export type RenderedMessage<M> = Rendered<M> & { readonly warnings: readonly MessageWarning[] };

/** What Liquid sees, besides what is added here: `brand`, `now` and the links. Plain data. */
export type RenderScope = {
  readonly customer: Readonly<Record<string, unknown>>;
  readonly event: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
};

/**
 * Renders a message by its channel's rendering. The same input always gives the same message. Links that data brought
 * stay where the playbook names their host, in its brand or in the content itself (docs/decisions/0030); those left out
 * are told in `warnings`.
 * @param options.content Liquid sources, by the names that the channel knows (`TemplateContent`, or a caller's own content)
 * @param options.addresses the channel's addresses of the customer, best first
 * @throws RapportError `template_failed`, naming the text and the place in it
 */
export function renderMessage<M>(
  render: Render<M>,
  options: {
    readonly message: Pick<Message, "messageId" | "lane" | "channel" | "event">;
    readonly content: Readonly<Record<string, unknown>>;
    readonly locale: string;
    readonly addresses: readonly string[];
    readonly brand: Brand;
    readonly scope: RenderScope;
    readonly links: MessageLinks;
    /** ISO-8601 */
    readonly now: string;
  },
): RenderedMessage<M> {
  const { message, content, locale, addresses, brand, links } = options;
  const setting: Setting = { locale, timeZone: brand.timeZone, now: options.now };
  const scope = {
    ...options.scope,
    brand: { ...brand.extra, ...brand },
    unsubscribe_url: links.unsubscribe,
    preferences_url: links.preferences,
    ...(links.confirm === undefined ? {} : { confirm_url: links.confirm }),
  };
  const guard = linkGuard(new Set([...hostsOfBrand(brand), ...hostsOfContent(content)]), [
    links.unsubscribe,
    links.preferences,
    ...(links.confirm === undefined ? [] : [links.confirm]),
  ]);
  const renderText: RenderText = (name, source, mode) => {
    const text = renderLiquid({ name, source, mode }, scope, setting);
    // What came out as it was written holds nothing of anybody else's.
    if (text === source) return text;
    const admits = guard.admitting(name);
    return mode === "html" ? keepHtmlLinks(text, admits) : keepTextLinks(text, admits);
  };
  const rendered = render({
    messageId: message.messageId,
    isTransactional: message.lane === "transactional",
    isAutomaticAnswer: message.event?.name === MESSAGE_RECEIVED,
    addresses,
    texts: textsOf(content, renderText),
    content,
    renderText,
    sender: isChannel(message.channel) ? brand[message.channel] : undefined,
    postalAddress: brand.postalAddress,
    links,
    linkSchemes: brand.linkSchemes,
    ownWords: brand.words,
    locale,
  });
  return {
    ...rendered,
    warnings: guard.leftOut.map((leftOut): MessageWarning => ({ code: "link-left-out", ...leftOut })),
  };
}
