import type { ProviderReport } from "#channels/definition/report.ts";
import { outcomeEvent } from "#domain/outcome/outcome-event.ts";
import { consequencesOf } from "#domain/outcome/provider-report.ts";
import type { Message } from "#domain/records/message.ts";
import type { Consent } from "#domain/records/permission.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { MessageStore } from "#ports/message-store.ts";
import { METRICS, type MetricName } from "#ports/metric-names.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type ReportDependencies = {
  readonly messages: MessageStore;
  readonly suppressions: Pick<SuppressionStore, "add" | "say">;
  readonly customers: Pick<CustomerStore, "putConsent">;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/**
 * Carries out what a provider's report means: the message's status, addresses to suppress, outcomes for the profile.
 * Each step may be repeated: the same report twice changes nothing, one that was interrupted is finished by its retry.
 */
export async function recordReport(deps: ReportDependencies, report: ProviderReport): Promise<void> {
  const { move, suppress, outcomes } = consequencesOf(report);
  const message =
    move === undefined
      ? await deps.messages.get(report.messageId)
      : await deps.messages.record(report.messageId, move);
  // Erased since, or another stage's message in the same account.
  if (message === null) return;
  await Promise.all(
    suppress.map(({ address, reason }) =>
      deps.suppressions.add(message.channel, address, { reason, at: report.at }),
    ),
  );
  if (report.fact.kind === "unsubscribed") {
    const left = withdrawal(message, report.at);
    const { topic, status, at } = left;
    await Promise.all([
      deps.customers.putConsent(message.customerId, [left]),
      ...report.fact.addresses.map((address) =>
        deps.suppressions.say(message.channel, address, { topic, status, at }),
      ),
    ]);
  }
  const receivedAt = new Date(deps.clock.now()).toISOString();
  if (outcomes.length > 0) {
    await deps.inbox.send(
      outcomes.map((outcome) => outcomeEvent({ message, at: report.at, receivedAt, ...outcome })),
    );
  }
  countReport(deps.telemetry, report, message.channel);
}

const withdrawal = (message: Message, at: string): Consent => ({
  channel: message.channel,
  topic: message.category,
  status: "withdrawn",
  kind: "express",
  source: "provider subscription",
  at,
});

const METRIC_OF: Partial<Readonly<Record<ProviderReport["fact"]["kind"], MetricName>>> = {
  delivered: METRICS.messagesDelivered,
  opened: METRICS.messagesOpened,
  read: METRICS.messagesOpened,
  clicked: METRICS.messagesClicked,
  bounced: METRICS.messagesFailed,
  failed: METRICS.messagesFailed,
};

/** What a channel's reputation is measured by, apart from the others. A bounce that may pass is none of it. */
const REPUTATION_OF: Partial<Readonly<Record<ProviderReport["fact"]["kind"], MetricName>>> = {
  bounced: METRICS.messagesBounced,
  complained: METRICS.messagesComplained,
  failed: METRICS.messagesUndelivered,
};

const countReport = ({ count }: Telemetry, { fact }: ProviderReport, channel: string): void => {
  const metric = METRIC_OF[fact.kind];
  if (metric === METRICS.messagesFailed) count(metric, 1, fact.kind);
  else if (metric !== undefined) count(metric);
  const reputation = REPUTATION_OF[fact.kind];
  const passes = fact.kind === "bounced" && !fact.permanent;
  if (reputation !== undefined && !passes) count(reputation, 1, { channel });
};
