import { RapportError } from "#kernel/errors.ts";
import type { Setting } from "#template/liquid/template.ts";
import type { Brand } from "../../playbook/model/document.ts";
import type { Message, RenderedMessage } from "../../records/message.ts";
import type { MessageLinks } from "../links.ts";
import { renderEmail } from "./email.ts";
import { renderPush } from "./push.ts";
import { renderSms } from "./sms.ts";
import { textsOf } from "./texts.ts";

/** What Liquid sees, besides what is added here: `brand`, `now` and the links. Plain data. */
export type RenderScope = {
  readonly customer: Readonly<Record<string, unknown>>;
  readonly event: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
};

/**
 * Renders a message for its channel. The same input always gives the same message.
 * @param content Liquid sources, by the names that the channel knows (`TemplateContent`, or a caller's own content)
 * @param addresses the channel's addresses of the customer, best first; push uses all of them
 * @throws RapportError `template_failed`, naming the text and the place in it
 */
export function renderMessage(options: {
  readonly message: Message;
  readonly content: Readonly<Record<string, unknown>>;
  readonly locale: string;
  readonly addresses: readonly string[];
  readonly brand: Brand;
  readonly scope: RenderScope;
  readonly links: MessageLinks;
  /** ISO-8601 */
  readonly now: string;
}): RenderedMessage {
  const { message, content, brand, links, locale } = options;
  const setting: Setting = { locale, timeZone: brand.timeZone, now: options.now };
  const scope = {
    ...options.scope,
    brand: { ...brand.extra, ...brand },
    unsubscribe_url: links.unsubscribe,
    preferences_url: links.preferences,
  };
  const texts = textsOf(content, scope, setting);
  const [to = ""] = options.addresses;
  switch (message.channel) {
    case "email":
      return renderEmail({ message, to, texts, brand, links, locale });
    case "sms":
      return renderSms({ to, texts, brand });
    case "push":
      return renderPush({ devices: options.addresses, texts, content, scope, setting });
    default:
      throw new RapportError("template_failed", `channel ${message.channel}: nothing renders for it`);
  }
}
