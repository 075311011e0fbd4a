import { ADDRESSES } from "#channels/all.ts";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import { keywordOf, receivedEvent, type Way, writtenAt } from "#domain/message/received.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { hashId } from "#kernel/hash.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Originals } from "#ports/originals.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type ReceiveDependencies = {
  readonly suppressions: Pick<SuppressionStore, "say">;
  readonly originals: Originals;
  readonly inbox: Inbox;
  readonly playbooks: Pick<PlaybookVersions<PlaybookDocument>, "current">;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** What came by one call of a provider: its bytes as text, and the messages that were read in them. */
export type Delivered = {
  readonly way: Way;
  readonly payload: string;
  /** Null: nobody reads it yet, so it is kept for people. */
  readonly messages: readonly ReceivedMessage[] | null;
};

/**
 * A stop counts at once, where it was written from and whoever has that address: it waits behind nothing, so that what is
 * queued does not leave (invariant 4).
 */
const holdAtAddress = async (
  { suppressions }: ReceiveDependencies,
  message: ReceivedMessage,
  { brand }: PlaybookDocument,
  now: string,
): Promise<void> => {
  const keyword = keywordOf(message);
  if (keyword === null || keyword === "help") return;
  const { channel, from } = message;
  const spelling = ADDRESSES.get(channel)?.spelling;
  const address = spelling === undefined ? from : spelling.normalize(from, countryOfLocale(brand.locale));
  if (address === null) return;
  const status = keyword === "start" ? "granted" : "withdrawn";
  await suppressions.say(channel, address, { topic: "*", status, at: writtenAt(message.at, now) });
};

/**
 * Takes in what customers wrote: the original is kept, then each message goes to the inbox as an event. Done again for the
 * same payload it changes nothing. Throws `unavailable` where it is not kept yet, so that whoever brought it tries again.
 */
export const receiveMessages = async (
  deps: ReceiveDependencies,
  { way, payload, messages }: Delivered,
): Promise<void> => {
  if (messages?.length === 0) return;
  const original = `${way.provider}/${way.account}/${hashId("raw", payload)}`;
  const [document] = await Promise.all([deps.playbooks.current(), deps.originals.keep(original, payload)]);
  if (messages === null) return;
  const now = new Date(deps.clock.now()).toISOString();
  await Promise.all(messages.map((message) => holdAtAddress(deps, message, document, now)));
  await deps.inbox.send(messages.map((message) => receivedEvent(message, { way, document, original, now })));
  for (const [channel, some] of Map.groupBy(messages, (one) => one.channel))
    deps.telemetry.count(METRICS.messagesReceived, some.length, { channel });
};
