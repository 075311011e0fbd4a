import { isList, isObject, type JsonObject, valueAt } from "#kernel/json.ts";

/** What a customer writes, as whoever tries a hub says it. */
type Written = {
  readonly from: string;
  readonly to?: string | undefined;
  readonly text: string;
  /** The provider's id of the message of ours that it answers. */
  readonly inReplyTo?: string | undefined;
  readonly providerMessageId: string;
  /** What comes along: a message each, the first with the text, as people send an album. */
  readonly attachments?: readonly Played[];
};

/** A file that a customer sends, which is fetched by its id. */
export type Played = { readonly id: string; readonly name: string; readonly type: string };

const MEDIA_KINDS: readonly string[] = ["image", "video", "audio"];

const mediaMessage = ({ id, name, type }: Played, caption: string) => {
  const kind = MEDIA_KINDS.find((one) => type.startsWith(`${one}/`)) ?? "document";
  const file = kind === "document" ? { filename: name } : {};
  return { type: kind, [kind]: { id, mime_type: type, ...file, ...(caption === "" ? {} : { caption }) } };
};

/** What a customer wrote as messages, each with an id of its own. */
const contentsOf = ({ text, attachments = [], providerMessageId }: Written) =>
  attachments.length === 0
    ? [{ id: providerMessageId, type: "text", text: { body: text } }]
    : attachments.map((one, index) => ({
        id: index === 0 ? providerMessageId : `${providerMessageId}.${index + 1}`,
        ...mediaMessage(one, index === 0 ? text : ""),
      }));

const BUSINESS_SCOPED = /^[A-Z]{2}\.[A-Za-z0-9]+$/;

/**
 * A customer's message as an entry of Meta's webhook ("Messages webhook reference"). Somebody whose number Meta may not show is
 * written as Meta's own id of them, `DE.abc123`.
 * @param now milliseconds since the epoch
 */
export const whatsAppEntry = (written: Written, now: number) => {
  const { from, to = "+12065550100", inReplyTo } = written;
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
          messages: contentsOf(written).map((content) => ({
            ...(isHidden ? { from_user_id: from } : { from: number }),
            timestamp: String(Math.floor(now / 1_000)),
            ...content,
            ...(inReplyTo === undefined ? {} : { context: { id: inReplyTo } }),
          })),
        },
      },
    ],
  };
};

const STATUS_OF: Readonly<Record<string, string>> = {
  sent: "sent",
  delivered: "delivered",
  opened: "read",
  read: "read",
  failed: "failed",
  bounced: "failed",
  unsubscribed: "failed",
};
/** Our words for what becomes of a message. */
export const WHATSAPP_EVENTS: readonly string[] = Object.keys(STATUS_OF);
/** "Error codes", WhatsApp Cloud API: undeliverable; the customer said no to marketing. */
const CODE_OF: Readonly<Record<string, number>> = {
  failed: 131_026,
  bounced: 131_026,
  unsubscribed: 131_050,
};

/** A message of ours of which something is told. */
type Told = {
  readonly providerMessageId: string;
  readonly messageId: string | null;
  readonly to: string;
};

/** What becomes of a message, as an entry of Meta's webhook ("Status webhook reference"). Null: there is no such event. */
export const whatsAppStatus = (
  { providerMessageId, messageId, to }: Told,
  { type, at }: { readonly type: string; readonly at: string },
): object | null => {
  const status = STATUS_OF[type];
  if (status === undefined) return null;
  const code = CODE_OF[type];
  return {
    id: "local-waba",
    changes: [
      {
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: { display_phone_number: "12065550100", phone_number_id: "local-phone" },
          statuses: [
            {
              id: providerMessageId,
              status,
              timestamp: String(Math.floor(Date.parse(at) / 1_000)),
              ...(BUSINESS_SCOPED.test(to) ? { recipient_user_id: to } : { recipient_id: to }),
              ...(messageId === null ? {} : { biz_opaque_callback_data: messageId }),
              ...(code === undefined ? {} : { errors: [{ code, title: "Played" }] }),
            },
          ],
        },
      },
    ],
  };
};

const textAt = (value: unknown, path: string): string | undefined => {
  const text = valueAt(value, path);
  return typeof text === "string" ? text : undefined;
};

/** What a message says, in the shape in which Meta takes it, for people who look at the outbox. */
const wordsIn = (message: JsonObject, type: string): string => {
  if (type === "text") return textAt(message, "text.body") ?? "";
  if (type === "interactive") return textAt(message, "interactive.body.text") ?? "";
  if (type !== "template") return textAt(message, `${type}.caption`) ?? "";
  const components = valueAt(message, "template.components");
  const parameters = (isList(components) ? components : []).flatMap((one) =>
    isObject(one) && isList(one.parameters) ? one.parameters : [],
  );
  const filled = parameters.map((one) => textAt(one, "text") ?? textAt(one, "payload") ?? "");
  return `[${textAt(message, "template.name")}] ${filled.join(", ")}`.trim();
};

const KINDS: readonly string[] = ["text", "image", "video", "audio", "document", "interactive", "template"];

type Taken = {
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  readonly messageId: string | null;
  readonly data: Readonly<Record<string, string>>;
};

/** A message that Meta would take, as it lies in the outbox; or the code of the error with which it would not. */
export const takenWhatsApp = (message: JsonObject): Taken | { readonly code: number } => {
  const to = textAt(message, "to") ?? textAt(message, "recipient") ?? "";
  const type = textAt(message, "type") ?? "";
  if (message.messaging_product !== "whatsapp" || to === "" || !KINDS.includes(type)) return { code: 100 };
  return {
    channel: "whatsapp",
    to,
    text: wordsIn(message, type),
    messageId: textAt(message, "biz_opaque_callback_data") ?? null,
    data: { type, message: JSON.stringify(message[type] ?? {}) },
  };
};
