import * as z from "zod/mini";
import type { ReceivedAttachment, ReceivedMessage } from "#channels/definition/received.ts";

/** Shapes of Meta's "messages" webhook in as much detail as we use; whatever else there is, is passed over. */
const Media = z.object({
  id: z.string(),
  mime_type: z.optional(z.string()),
  caption: z.optional(z.string()),
  filename: z.optional(z.string()),
});
const Reply = z.object({ title: z.string() });
const Message = z.object({
  id: z.string().check(z.minLength(1)),
  /** A number without its plus; missing where Meta may not show it. */
  from: z.optional(z.string()),
  from_user_id: z.optional(z.string()),
  /** Seconds since the epoch. */
  timestamp: z.optional(z.string()),
  type: z.string(),
  text: z.optional(z.object({ body: z.string() })),
  button: z.optional(z.object({ text: z.string() })),
  interactive: z.optional(z.object({ button_reply: z.optional(Reply), list_reply: z.optional(Reply) })),
  reaction: z.optional(z.object({ emoji: z.optional(z.string()), message_id: z.optional(z.string()) })),
  image: z.optional(Media),
  video: z.optional(Media),
  audio: z.optional(Media),
  document: z.optional(Media),
  sticker: z.optional(Media),
  context: z.optional(z.object({ id: z.optional(z.string()) })),
});
type Message = z.infer<typeof Message>;
const Contact = z.object({ wa_id: z.optional(z.string()), user_id: z.optional(z.string()) });
type Contact = z.infer<typeof Contact>;

const Value = z.object({
  metadata: z.optional(z.object({ display_phone_number: z.optional(z.string()) })),
  contacts: z.optional(z.array(Contact)),
  messages: z.optional(z.array(Message)),
});
export const Entry = z.object({
  changes: z.array(z.object({ field: z.optional(z.string()), value: Value })),
});
export type Entry = z.infer<typeof Entry>;

/** Kinds whose words, or what came along with them, say it all. */
const PLAIN: readonly string[] = ["text", "button", "interactive", "image", "video", "audio", "document"];

const mediaOf = ({ image, video, audio, document, sticker }: Message) =>
  image ?? video ?? audio ?? document ?? sticker;

const wordsOf = (message: Message): string =>
  message.text?.body ??
  message.button?.text ??
  message.interactive?.button_reply?.title ??
  message.interactive?.list_reply?.title ??
  message.reaction?.emoji ??
  mediaOf(message)?.caption ??
  "";

const attachmentsOf = (message: Message): Pick<ReceivedMessage, "attachments"> => {
  const media = mediaOf(message);
  if (media === undefined) return {};
  const { id, mime_type: type = "application/octet-stream", filename: name } = media;
  const attachment: ReceivedAttachment = { id, type, ...(name === undefined ? {} : { name }) };
  return { attachments: [attachment] };
};

/** Seconds since the epoch as text. */
const timeOf = (seconds: string | undefined): Pick<ReceivedMessage, "at"> =>
  seconds !== undefined && /^\d{1,11}$/.test(seconds)
    ? { at: new Date(Number(seconds) * 1_000).toISOString() }
    : {};

/** Whoever wrote: by the id that Meta made for this business, by the number, or both. */
const writerOf = (message: Message, contacts: readonly Contact[]) => {
  const own = contacts.find(
    ({ wa_id, user_id }) =>
      (wa_id !== undefined && wa_id === message.from) ||
      (user_id !== undefined && user_id === message.from_user_id),
  );
  const contact = own ?? (contacts.length === 1 ? contacts[0] : undefined);
  const id = message.from_user_id ?? contact?.user_id;
  const number = message.from ?? contact?.wa_id;
  const from = id ?? number;
  if (from === undefined) return null;
  const known = number === undefined ? [] : [{ type: "phone", value: `+${number.replace(/^\+/, "")}` }];
  const second = id === undefined || number === undefined ? [] : [{ type: "whatsapp", value: number }];
  const identifiers = [...second, ...known];
  return { from, ...(identifiers.length === 0 ? {} : { identifiers }) };
};

/** The messages of one entry. Those that name nobody are left out: the original has them. */
export const messagesIn = ({ changes }: Entry): readonly ReceivedMessage[] =>
  changes.flatMap(({ value: { metadata, contacts = [], messages = [] } }) =>
    messages.flatMap((message): ReceivedMessage[] => {
      const writer = writerOf(message, contacts);
      if (writer === null) return [];
      const inReplyTo = message.context?.id ?? message.reaction?.message_id;
      return [
        {
          channel: "whatsapp",
          providerMessageId: message.id,
          ...writer,
          to: metadata?.display_phone_number ?? "",
          text: wordsOf(message),
          ...timeOf(message.timestamp),
          ...attachmentsOf(message),
          ...(inReplyTo === undefined ? {} : { inReplyTo }),
          ...(PLAIN.includes(message.type) ? {} : { kind: message.type }),
        },
      ];
    }),
  );
