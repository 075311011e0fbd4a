import { ADDRESSES } from "#channels/all.ts";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import type { ProviderReport } from "#channels/definition/report.ts";
import { keywordOf, receivedEvent, type Way, writtenAt } from "#domain/message/received.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { hashId } from "#kernel/hash.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Originals } from "#ports/originals.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";
import type { Readings } from "#ports/provider.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type ReportDependencies, recordReport } from "../record/record-report.ts";
import { type MediaSource, withMedia } from "./fetch-media.ts";

/** What taking messages in needs, whose originals are kept. */
export type MessagesDependencies = {
  readonly suppressions: Pick<SuppressionStore, "say">;
  readonly inbox: Inbox;
  readonly playbooks: Pick<PlaybookVersions<PlaybookDocument>, "current">;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

export type ReceiveDependencies = ReportDependencies &
  MessagesDependencies & { readonly originals: Pick<Originals, "keep"> };

/** What came by one call of a provider: its bytes as text, and what was read in them. */
export type Delivered = {
  readonly way: Way;
  readonly payload: string;
  /** Null: nobody reads it yet, so it is kept for people. */
  readonly readings: Readings | null;
  /** Absent: nothing lies with the provider. */
  readonly media?: MediaSource;
};

/**
 * A stop counts at once, where it was written from and whoever has that address: it waits behind nothing, so that what is
 * queued does not leave (invariant 4).
 */
const holdAtAddress = async (
  { suppressions }: MessagesDependencies,
  message: ReceivedMessage,
  { brand }: PlaybookDocument,
  now: string,
): Promise<void> => {
  const keyword = keywordOf(message);
  if (keyword === null || keyword === "help") return;
  const { channel } = message;
  const status = keyword === "start" ? "granted" : "withdrawn";
  const said = { topic: "*", status, at: writtenAt(message.at, now) } as const;
  await Promise.all(addressesOf(message, brand).map((address) => suppressions.say(channel, address, said)));
};

/** All that whoever wrote is called on the channel. */
const addressesOf = (
  { channel, from, identifiers = [] }: ReceivedMessage,
  { locale }: PlaybookDocument["brand"],
): readonly string[] => {
  const { spelling, identifier } = ADDRESSES.get(channel) ?? {};
  const others = identifiers.filter(({ type }) => type === identifier?.type).map(({ value }) => value);
  const spelt = [from, ...others].map((one) =>
    spelling === undefined ? one : spelling.normalize(one, countryOfLocale(locale)),
  );
  return [...new Set(spelt.filter((one) => one !== null))];
};

/** What is told of one message is recorded in its order. */
const recordReports = async (
  deps: ReceiveDependencies,
  reports: readonly ProviderReport[],
): Promise<void> => {
  const byMessage = Map.groupBy(reports, ({ messageId }) => messageId);
  await Promise.all(
    [...byMessage.values()].map(async (some) => {
      for (const report of some) await recordReport(deps, report);
    }),
  );
};

/** Somebody looks at the original, for it may be a customer's question. */
const noteUnread = ({ telemetry }: ReceiveDependencies, { way, readings }: Delivered): void => {
  const count = readings === null ? 1 : (readings.unread ?? 0);
  if (count === 0) return;
  telemetry.count(METRICS.payloadsUnread, count, way.provider);
  telemetry.log.error("a payload that nobody reads", null, { code: way.provider });
};

/**
 * Takes in what a provider brought. The original is kept where a customer wrote something in it, or may have; then each message
 * goes to the inbox as an event, and what is told of messages of ours is recorded. Done again for the same payload it changes
 * nothing. Throws `unavailable` where it is not kept yet, so that whoever brought it tries again.
 */
export const receiveMessages = async (deps: ReceiveDependencies, delivered: Delivered): Promise<void> => {
  const { way, payload, readings } = delivered;
  const { messages = [], reports = [], unread = 0 } = readings ?? {};
  noteUnread(deps, delivered);
  await recordReports(deps, reports);
  if (readings !== null && messages.length === 0 && unread === 0) return;
  const original = `${way.provider}/${way.account}/${hashId("raw", payload)}`;
  await deps.originals.keep(original, payload);
  // What has nothing to be fetched waits for nothing.
  await takeMessages(deps, { way, original, messages: messages.filter((one) => !hasMedia(delivered, one)) });
  const { media: source } = delivered;
  if (source === undefined) return;
  const waiting = messages.filter((one) => hasMedia(delivered, one));
  const fetched = await Promise.all(waiting.map((one) => withMedia(deps, one, { source, original })));
  await takeMessages(deps, { way, original, messages: fetched });
};

const hasMedia = ({ media }: Delivered, { attachments = [] }: ReceivedMessage): boolean =>
  media !== undefined && attachments.length > 0;

/** Takes in messages whose original is kept there: each goes to the inbox as an event. Done again it changes nothing. */
export const takeMessages = async (
  deps: MessagesDependencies,
  {
    way,
    original,
    messages,
  }: { readonly way: Way; readonly original: string; readonly messages: readonly ReceivedMessage[] },
): Promise<void> => {
  if (messages.length === 0) return;
  const document = await deps.playbooks.current();
  const now = new Date(deps.clock.now()).toISOString();
  await Promise.all(messages.map((message) => holdAtAddress(deps, message, document, now)));
  await deps.inbox.send(messages.map((message) => receivedEvent(message, { way, document, original, now })));
  for (const [channel, some] of Map.groupBy(messages, (one) => one.channel))
    deps.telemetry.count(METRICS.messagesReceived, some.length, { channel });
};
