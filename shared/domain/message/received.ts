import { ADDRESSES, CHANNELS } from "#channels/all.ts";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import { type Keyword, keywordIn } from "#channels/keyword/keyword.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import { type CollectedEvent, MAX_DEPTH } from "../records/event.ts";

/** By which door messages came: whose API, and which account of ours there. */
export type Way = { readonly provider: string; readonly account: string };

const {
  receivedTextCharacters: MOST_TEXT,
  receivedNameCharacters: MOST_NAME,
  receivedAttachments: MOST_ATTACHMENTS,
} = BOUNDS;

/** By which type of identifier people are found whose address on the channel is known. */
export const identifierTypeOf = (
  { dataModel }: Pick<PlaybookDocument, "dataModel">,
  channel: string,
): string =>
  dataModel.identifiers.find((one) => one.channel === channel)?.type ??
  ADDRESSES.get(channel)?.identifier?.type ??
  channel;

/** Whole characters: half of one would be refused further on. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
const named = (name: string): string => cut(name, MOST_NAME);
/** Half an id names nothing. */
const isNamed = (id: string | undefined): id is string => id !== undefined && id.length <= MOST_NAME;

/** What a text asks for by law, on a channel where such words mean that. */
export const keywordOf = ({ channel, text }: Pick<ReceivedMessage, "channel" | "text">): Keyword | null =>
  CHANNELS.get(channel)?.keywords === true ? keywordIn(text) : null;

/** A clock of somebody else's that goes wrong must not put a message into the future. */
export const writtenAt = (at: string | undefined, now: string): string => {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  // Before 1970 and after 9999 texts of times are in no order.
  return time >= 0 && time < Date.parse(now) ? new Date(time).toISOString() : now;
};

const attachmentsOf = ({ attachments = [] }: ReceivedMessage): readonly JsonObject[] =>
  attachments
    .filter(({ id }) => isNamed(id))
    .slice(0, MOST_ATTACHMENTS)
    .map(({ id, type, name, bytes, isRefused, kept, missing }) => ({
      id,
      type: named(type),
      ...(name === undefined ? {} : { name: named(name) }),
      ...(bytes === undefined ? {} : { bytes }),
      ...(isRefused === undefined ? {} : { isRefused }),
      ...(kept === undefined ? {} : { kept }),
      ...(missing === undefined ? {} : { missing }),
    }));

const contentOf = (message: ReceivedMessage): JsonObject => {
  const { text, inReplyTo, kind, subject, ownId, isAutomatic, isDoubted, isSigned, isCut } = message;
  const attachments = attachmentsOf(message);
  return {
    text: cut(text, MOST_TEXT),
    ...(isCut === true || text.length > MOST_TEXT ? { isCut: true } : {}),
    ...(subject === undefined ? {} : { subject: named(subject) }),
    ...(isNamed(ownId) ? { ownId } : {}),
    ...(isNamed(inReplyTo) ? { inReplyTo, ...(isSigned === undefined ? {} : { isSigned }) } : {}),
    ...(isAutomatic === undefined ? {} : { isAutomatic }),
    ...(isDoubted === undefined ? {} : { isDoubted }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(kind === undefined ? {} : { kind: named(kind) }),
  };
};

/** What a machine wrote triggers nothing: it would be answered by a machine, and so on. */
const depthOf = ({ isAutomatic, depth = 0 }: ReceivedMessage): number =>
  isAutomatic === true ? MAX_DEPTH + 1 : depth;

/**
 * A customer's message as an event for the inbox. The same message of the same account is the same event, so that it
 * counts once. Who wrote is found as with every event; somebody unknown becomes a customer.
 * @param original where what the provider sent is kept
 * @param now ISO-8601 UTC
 */
export const receivedEvent = (
  message: ReceivedMessage,
  {
    way: { provider, account },
    document,
    original,
    now,
  }: {
    readonly way: Way;
    readonly document: Pick<PlaybookDocument, "dataModel">;
    readonly original: string;
    readonly now: string;
  },
): CollectedEvent => {
  const { channel, providerMessageId, from, to, at, identifiers = [] } = message;
  const keyword = keywordOf(message);
  return {
    id: hashId("evt", "received", provider, account, providerMessageId),
    type: "track",
    name: MESSAGE_RECEIVED,
    identifiers: [{ type: identifierTypeOf(document, channel), value: from }, ...identifiers],
    properties: {
      channel,
      provider,
      account,
      providerMessageId: named(providerMessageId),
      from,
      to: named(to),
      ...contentOf(message),
      ...(keyword === null ? {} : { keyword }),
      original,
    },
    at: writtenAt(at, now),
    receivedAt: now,
    source: provider,
    imported: false,
    depth: depthOf(message),
    standing: "trusted",
  };
};
