import type {
  WhatsAppContent,
  WhatsAppMedia,
  WhatsAppMessage,
  WhatsAppTemplate,
} from "#channels/whatsapp/message.ts";

/** Meta's own id of a person is no number. */
const BUSINESS_SCOPED = /^[A-Z]{2}\./;

const mediaIn = ({ type, url, name }: WhatsAppMedia, caption?: string): object => ({
  type,
  [type]: {
    link: url,
    ...(caption === undefined ? {} : { caption }),
    ...(name === undefined ? {} : { filename: name }),
  },
});

/** Meta's word for each kind of a template's buttons, and for what fills it. */
const buttonIn = ({ index, type, text }: WhatsAppTemplate["buttons"][number]): object => {
  const [subType, parameter] =
    type === "url"
      ? (["url", { type: "text", text }] as const)
      : type === "payload"
        ? (["quick_reply", { type: "payload", payload: text }] as const)
        : (["copy_code", { type: "coupon_code", coupon_code: text }] as const);
  return { type: "button", sub_type: subType, index: String(index), parameters: [parameter] };
};

const componentsOf = ({ title, media, parameters, buttons }: WhatsAppTemplate): readonly object[] => {
  const header = media === undefined ? title && { type: "text", text: title } : mediaIn(media);
  return [
    ...(header ? [{ type: "header", parameters: [header] }] : []),
    ...(parameters.length === 0
      ? []
      : [
          {
            type: "body",
            parameters: parameters.map(({ name, text }) => ({
              type: "text",
              ...(name === undefined ? {} : { parameter_name: name }),
              text,
            })),
          },
        ]),
    ...buttons.map(buttonIn),
  ];
};

const interactive = ({
  text,
  media,
  footer,
  under,
}: Extract<WhatsAppContent, { kind: "buttons" }>): object => ({
  type: "replies" in under ? "button" : "cta_url",
  ...(media === undefined ? {} : { header: mediaIn(media) }),
  body: { text },
  ...(footer === undefined ? {} : { footer: { text: footer } }),
  action:
    "replies" in under
      ? { buttons: under.replies.map((reply) => ({ type: "reply", reply })) }
      : { name: "cta_url", parameters: { display_text: under.link.title, url: under.link.url } },
});

const contentIn = (content: WhatsAppContent): object => {
  switch (content.kind) {
    case "text":
      return { type: "text", text: { preview_url: true, body: content.text } };
    case "media":
      return mediaIn(content.media, content.caption);
    case "buttons":
      return { type: "interactive", interactive: interactive(content) };
    case "template": {
      const components = componentsOf(content);
      const { name, language } = content;
      return {
        type: "template",
        template: { name, language: { code: language }, ...(components.length === 0 ? {} : { components }) },
      };
    }
  }
};

/**
 * A message as Meta takes it ("Messages", WhatsApp Cloud API reference): our own id goes along, and comes back in what is told
 * of it. Whoever has no number is named as `recipient`.
 */
export const whatsAppBody = ({ to, content }: WhatsAppMessage, messageId: string): object => ({
  messaging_product: "whatsapp",
  recipient_type: "individual",
  ...(BUSINESS_SCOPED.test(to) ? { recipient: to } : { to }),
  ...contentIn(content),
  biz_opaque_callback_data: messageId,
});
