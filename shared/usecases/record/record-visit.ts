import { isMachineAgent } from "#domain/outcome/machine-agent.ts";
import { type MessageOutcome, outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { clickOccurrence, openOccurrence } from "#domain/outcome/provider-report.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type VisitDependencies = {
  readonly messages: Pick<MessageStore, "get">;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

type Outcome = {
  readonly messageId: string;
  readonly name: MessageOutcome;
  readonly at: string;
  readonly occurrence: string;
  readonly properties: JsonObject;
};

const notify = async (
  { messages, inbox }: VisitDependencies,
  { messageId, ...outcome }: Outcome,
): Promise<void> => {
  const message = await messages.get(messageId);
  if (message === null) return;
  await inbox.send([outcomeEvent({ message, receivedAt: outcome.at, ...outcome })]);
};

/** Whoever clicked gets where they wanted, even when the click cannot be counted. */
const notifyOrLog = async (deps: VisitDependencies, outcome: Outcome): Promise<void> => {
  try {
    await notify(deps, outcome);
  } catch (error) {
    const { messageId, name: code } = outcome;
    deps.telemetry.log.error("outcome not told", error, { messageId, code });
  }
};

const iso = (time: number): string => new Date(time).toISOString();

/** A link of a message was followed to `url`. Never fails. */
export const recordClick = async (
  deps: VisitDependencies,
  visit: { readonly messageId: string; readonly url: string; readonly userAgent: string },
): Promise<void> => {
  const { messageId, url, userAgent } = visit;
  const at = iso(deps.clock.now());
  await notifyOrLog(deps, {
    messageId,
    name: "message.clicked",
    at,
    occurrence: clickOccurrence(at, url),
    properties: { url, machine: isMachineAgent(userAgent) },
  });
  deps.telemetry.count(METRICS.messagesClicked);
};

/** The pixel of a mail was fetched. Never fails. */
export const recordOpening = async (
  deps: VisitDependencies,
  { messageId, userAgent }: { readonly messageId: string; readonly userAgent: string },
): Promise<void> => {
  const at = iso(deps.clock.now());
  await notifyOrLog(deps, {
    messageId,
    name: "message.opened",
    at,
    occurrence: openOccurrence(at),
    properties: { machine: isMachineAgent(userAgent) },
  });
  deps.telemetry.count(METRICS.messagesOpened);
};
