import * as z from "zod/mini";
import type { ReceivedAttachment, ReceivedMessage } from "#channels/definition/received.ts";
import type { Readings } from "#ports/provider.ts";
import { reportsIn } from "./whatsapp-status.ts";

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

/** What is left of a message whose other members have shapes that nobody has read yet: whose it is, and of which kind. */
const Bare = z.pick(Message, { id: true, from: true, from_user_id: true, timestamp: true, type: true });

const Value = z.object({
  metadata: z.optional(z.object({ display_phone_number: z.optional(z.string()) })),
  contacts: z.optional(z.array(z.unknown())),
  messages: z.optional(z.array(z.unknown())),
  statuses: z.optional(z.array(z.unknown())),
});
const Change = z.object({ field: z.optional(z.string()), value: Value });
export const Entry = z.object({ changes: z.array(z.unknown()) });
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

const readMessage = (given: unknown): Message | null => {
  const whole = z.safeParse(Message, given);
  if (whole.success) return whole.data;
  const bare = z.safeParse(Bare, given);
  return bare.success ? bare.data : null;
};

const receivedOf = (
  message: Message,
  contacts: readonly Contact[],
  to: string | undefined,
): ReceivedMessage | null => {
  const writer = writerOf(message, contacts);
  if (writer === null) return null;
  const inReplyTo = message.context?.id ?? message.reaction?.message_id;
  const text = wordsOf(message);
  const attachments = attachmentsOf(message);
  const saysAll = PLAIN.includes(message.type) && (text !== "" || "attachments" in attachments);
  return {
    channel: "whatsapp",
    providerMessageId: message.id,
    ...writer,
    to: to ?? "",
    text,
    ...timeOf(message.timestamp),
    ...attachments,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(saysAll ? {} : { kind: message.type }),
  };
};

const NOTHING: Readings = { messages: [], reports: [], unread: 1 };

const readChange = (given: unknown): Readings => {
  const { success, data } = z.safeParse(Change, given);
  if (!success) return NOTHING;
  const { metadata, messages = [], statuses = [], contacts: known = [] } = data.value;
  const contacts = known.flatMap((one) => {
    const contact = z.safeParse(Contact, one);
    return contact.success ? [contact.data] : [];
  });
  const received = messages.map((one) => {
    const message = readMessage(one);
    return message && receivedOf(message, contacts, metadata?.display_phone_number);
  });
  const told = statuses.map(reportsIn);
  return {
    messages: received.filter((one) => one !== null),
    reports: told.flatMap((one) => one ?? []),
    unread: [...received, ...told].filter((one) => one === null).length,
  };
};

/** What several parts of a payload say together. */
export const together = (all: readonly Readings[]): Readings => ({
  messages: all.flatMap(({ messages }) => messages),
  reports: all.flatMap(({ reports = [] }) => reports),
  unread: all.reduce((sum, { unread = 0 }) => sum + unread, 0),
});

/**
 * What one entry says. Each part stands for itself: one of a shape of next year leaves the others as they are, and of a
 * message of such a shape there is left whose it is, for a person. What names nobody is counted as unread.
 */
export const readEntry = ({ changes }: Entry): Readings => together(changes.map(readChange));
