import type { ReceivedMessage } from "#channels/definition/received.ts";
import { receivedEvent, type Way } from "#domain/message/received.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { hashId } from "#kernel/hash.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Originals } from "#ports/originals.ts";
import type { PlaybookVersions } from "#ports/playbook-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type ReceiveDependencies = {
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
  readonly messages: readonly ReceivedMessage[];
};

/**
 * Takes in what customers wrote: the original is kept, then each message goes to the inbox as an event. Done again for the
 * same payload it changes nothing. Throws `unavailable` where it is not kept yet, so that whoever brought it tries again.
 */
export const receiveMessages = async (
  deps: ReceiveDependencies,
  { way, payload, messages }: Delivered,
): Promise<void> => {
  if (messages.length === 0) return;
  const original = `${way.provider}/${way.account}/${hashId("raw", payload)}`;
  const [document] = await Promise.all([deps.playbooks.current(), deps.originals.keep(original, payload)]);
  const now = new Date(deps.clock.now()).toISOString();
  await deps.inbox.send(messages.map((message) => receivedEvent(message, { way, document, original, now })));
  for (const [channel, some] of Map.groupBy(messages, (one) => one.channel))
    deps.telemetry.count(METRICS.messagesReceived, some.length, { channel });
};
