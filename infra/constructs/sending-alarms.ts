import { METRICS } from "#ports/metric-names.ts";
import type { OwnAlarm, OwnMetric } from "./definition.ts";

/** Shares of what was sent from which on a provider looks at the account; beyond, it stops sending. */
export interface Reputation {
  readonly bounces: number;
  readonly complaints: number;
}

/** Who hears of what became of messages after they left. */
const REPORTS = "measure/provider-events";
const A_DAY = 24 * 60;

const reported = (name: OwnMetric["name"], channel: string): OwnMetric => ({
  name,
  service: REPORTS,
  dimensions: { channel },
});

/** One is enough. It is tried again after twenty minutes at most, so the alarm stays on as long as it waits. */
const STUCK: OwnAlarm = {
  alarm: "stuck",
  metrics: { stuck: { name: METRICS.messagesStuck } },
  expression: "FILL(stuck, 0)",
  threshold: 1,
  periodMinutes: 1,
  badPeriods: 1,
  ofPeriods: 20,
};

/** Messages that the sweep had to look after: a request may get lost now and then, five in a quarter of an hour do not. */
export const SWEPT: OwnAlarm = {
  alarm: "swept",
  metrics: { swept: { name: METRICS.messagesSwept } },
  expression: "FILL(swept, 0)",
  threshold: 5,
  periodMinutes: 15,
};

/** Runs of journeys whose time came five minutes ago, and that did not move: their customers wait for what nobody says. */
export const OVERDUE: OwnAlarm = {
  alarm: "overdue",
  metrics: { overdue: { name: METRICS.runsOverdue } },
  expression: "FILL(overdue, 0)",
  threshold: 1,
  periodMinutes: 5,
};

/** A tenth of them, of at least five: an address that is none fails every day. */
const failed = (channel: string): OwnAlarm => ({
  alarm: "failed",
  metrics: {
    failed: { name: METRICS.messagesFailed },
    undelivered: reported(METRICS.messagesUndelivered, channel),
    sent: { name: METRICS.messagesSent },
  },
  expression:
    "IF(FILL(failed, 0) + FILL(undelivered, 0) >= 5, (FILL(failed, 0) + FILL(undelivered, 0)) / (FILL(failed, 0) + FILL(undelivered, 0) + FILL(sent, 0)), 0)",
  threshold: 0.1,
  periodMinutes: 15,
});

/** A share of what was sent in a day, of at least so many that one alone never makes it up. */
const share = (alarm: string, what: string, of: OwnMetric, threshold: number): OwnAlarm => ({
  alarm,
  meaning: `${what}. Where it goes on, the provider stops sending; then:`,
  metrics: { reports: of, sent: { name: METRICS.messagesSent } },
  expression: `IF(FILL(sent, 0) >= ${Math.max(100, Math.ceil(2 / threshold))}, FILL(reports, 0) / FILL(sent, 0), 0)`,
  threshold,
  periodMinutes: A_DAY,
});

/** What a channel's worker is watched for beside its queues. */
export const sendingAlarms = (channel: string, reputation: Reputation | undefined): readonly OwnAlarm[] => [
  STUCK,
  failed(channel),
  ...(reputation === undefined
    ? []
    : [
        share(
          "bounces",
          "Too much of what was sent in a day bounced",
          reported(METRICS.messagesBounced, channel),
          reputation.bounces,
        ),
        share(
          "complaints",
          "Too many readers complained of what was sent in a day",
          reported(METRICS.messagesComplained, channel),
          reputation.complaints,
        ),
      ]),
];
