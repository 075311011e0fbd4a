import { takePlace } from "#domain/conversation/chat-pace.ts";
import { receivedEvent } from "#domain/message/received.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import { SECOND_MS } from "#kernel/time.ts";
import type { ChatStore } from "#ports/chat-store.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Originals } from "#ports/originals.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type ChatDependencies = {
  readonly chats: Pick<ChatStore, "add" | "head">;
  readonly originals: Pick<Originals, "keep">;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** What somebody wrote in a chat. */
export type Written = {
  readonly channel: string;
  readonly provider: string;
  readonly address: string;
  /** Whom the company's server had proven that it is. Absent: nobody did. */
  readonly userId?: string | undefined;
  readonly text: string;
  /** How the writer's page calls it: the same id is the same message, however often it comes. */
  readonly clientId: string;
};

const ACCOUNT = "default";

/**
 * Takes in what somebody wrote in a chat: into the inbox as an event, then into the chat itself, so that what stands there was
 * surely taken. Done again for the same message it changes nothing. Five requests.
 * @returns its place in the chat
 * @throws RapportError `rate_limited` where too much is written there
 */
export const receiveChat = async (
  { chats, originals, inbox, clock, telemetry }: ChatDependencies,
  document: PlaybookDocument,
  written: Written,
): Promise<{ readonly messageId: string; readonly seq: number; readonly at: string }> => {
  const { channel, provider, address, userId, text, clientId } = written;
  const now = clock.now();
  const head = await chats.head(address);
  const place = takePlace(head.spokenFor, now);
  if ("waitMs" in place) {
    const retryAfter = Math.max(1, Math.ceil(place.waitMs / SECOND_MS));
    throw new RapportError("rate_limited", "too much was written in this chat at once", { retryAfter });
  }
  const at = new Date(now).toISOString();
  const providerMessageId = hashId("cht", address, clientId);
  const original = `${provider}/${ACCOUNT}/${providerMessageId}`;
  await originals.keep(original, JSON.stringify({ address, clientId, text }));
  const event = receivedEvent(
    {
      channel,
      providerMessageId,
      from: address,
      to: "",
      text,
      ...(userId === undefined ? {} : { identifiers: [{ type: "userId", value: userId }] }),
    },
    { way: { provider, account: ACCOUNT }, document, original, now: at },
  );
  await inbox.send([event]);
  telemetry.count(METRICS.messagesReceived, 1, { channel });
  const letter = { messageId: event.id, direction: "in", text, at, clientId } as const;
  const { seq } = await chats.add(address, letter, { head, ...place });
  return { messageId: event.id, seq, at };
};
