/** List prices in dollars, us-east-1, late 2026, of a million each. */
export const PER_MILLION = {
  invocation: 0.2,
  gigabyteMillisecond: 0.0133334,
  readUnit: 0.125,
  writeUnit: 0.625,
} as const;

/** A poller asks an idle queue three times a minute, and Lambda keeps five for each queue. */
const POLLS_A_MONTH = 5 * 3 * 60 * 730;

/** Dollars a month for what a stage costs while nobody comes, by CloudFormation's type; each counts by the hour. */
export const STANDING: Readonly<Record<string, number>> = {
  "AWS::KMS::Key": 1,
  "AWS::SecretsManager::Secret": 0.4,
  "AWS::CloudWatch::Dashboard": 3,
  "AWS::Lambda::EventSourceMapping": (POLLS_A_MONTH * 0.4) / 1e6,
  "AWS::Scheduler::Schedule": (60 * 730 * 1.2) / 1e6,
};
/** One metric that an alarm looks at. */
export const ALARM_METRIC = 0.1;
/** One metric of the hub's own. */
export const OWN_METRIC = 0.3;
