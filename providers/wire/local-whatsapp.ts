/** What a customer writes, as whoever tries a hub says it. */
type Written = {
  readonly from: string;
  readonly to?: string | undefined;
  readonly text: string;
  /** The provider's id of the message of ours that it answers. */
  readonly inReplyTo?: string | undefined;
  readonly providerMessageId: string;
};

const BUSINESS_SCOPED = /^[A-Z]{2}\.[A-Za-z0-9]+$/;

/**
 * A customer's message as an entry of Meta's webhook ("Messages webhook reference"). Somebody whose number Meta may not show is
 * written as Meta's own id of them, `DE.abc123`.
 * @param now milliseconds since the epoch
 */
export const whatsAppEntry = (
  { from, to = "+12065550100", text, inReplyTo, providerMessageId }: Written,
  now: number,
) => {
  const isHidden = BUSINESS_SCOPED.test(from);
  const number = from.replace(/^\+/, "");
  return {
    id: "local-waba",
    changes: [
      {
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: { display_phone_number: to.replace(/^\+/, ""), phone_number_id: "local-phone" },
          contacts: [{ profile: { name: "" }, ...(isHidden ? { user_id: from } : { wa_id: number }) }],
          messages: [
            {
              ...(isHidden ? { from_user_id: from } : { from: number }),
              id: providerMessageId,
              timestamp: String(Math.floor(now / 1_000)),
              type: "text",
              text: { body: text },
              ...(inReplyTo === undefined ? {} : { context: { id: inReplyTo } }),
            },
          ],
        },
      },
    ],
  };
};
