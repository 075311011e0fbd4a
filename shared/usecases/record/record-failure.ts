import type { ProviderReport } from "#channels/definition/report.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { consequencesOf } from "#domain/outcome/provider-report.ts";
import type { Clock } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type FailureDependencies = {
  readonly messages: Pick<MessageStore, "record">;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/**
 * Records that a message of ours was not delivered, as whoever was to take it says; nobody's address is held back by that.
 * The same report twice changes nothing.
 */
export const recordFailure = async (
  { messages, inbox, clock, telemetry }: FailureDependencies,
  report: ProviderReport,
): Promise<void> => {
  const { move, outcomes } = consequencesOf(report);
  if (move === undefined) return;
  const message = await messages.record(report.messageId, move);
  if (message === null) return;
  const receivedAt = new Date(clock.now()).toISOString();
  await inbox.send(
    outcomes.map((outcome) => outcomeEvent({ message, at: report.at, receivedAt, ...outcome })),
  );
  telemetry.count(METRICS.messagesFailed, 1, report.fact.kind);
};
