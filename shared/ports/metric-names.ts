/** Where the metrics of a stage lie: another stage in the account sets off no alarm of this one. */
export const metricNamespace = (stage: string): string => `Rapport/${stage}`;

/** Metric names: handlers, alarms and the dashboard import these same constants. */ export const METRICS = {
  eventsCollected: "EventsCollected",
  eventsApplied: "EventsApplied",
  eventsDuplicate: "EventsDuplicate",
  eventsRejected: "EventsRejected",
  triggersFired: "TriggersFired",
  /** Dimension `reason`: import, age, depth. */
  triggersSkipped: "TriggersSkipped",
  /** Parts of events that a profile did not take. Dimension `reason`: too-many-traits, profile-too-large, invalid-consent. */
  factsRefused: "FactsRefused",
  /** Identifiers that lead to another known person than the event is about. */
  identifiersContested: "IdentifiersContested",
  /** Writes of profiles past the soft limit of 32 KB. */
  profilesLarge: "ProfilesLarge",
  /** Runs of journeys whose time came minutes ago, and that did not move. */
  runsOverdue: "RunsOverdue",
  decisionsMade: "DecisionsMade",
  /** Decisions that the log did not take: they are missing in simulations and estimates. */
  decisionsUnlogged: "DecisionsUnlogged",
  messagesRequested: "MessagesRequested",
  messagesSent: "MessagesSent",
  /** Dimension `reason`. */
  messagesFailed: "MessagesFailed",
  /** Tries that the provider put off. Dimensions `reason` and `provider`. */
  messagesPutOff: "MessagesPutOff",
  /** Those of them that a person has to look at. Dimensions `reason` and `provider`. */
  messagesStuck: "MessagesStuck",
  /** Messages that did not move by themselves. Dimension `reason`: what the sweep did (asked again, ended). */
  messagesSwept: "MessagesSwept",
  /** Dimension `reason`: consent, suppressed, quiet-hours, cap, ... */
  messagesSuppressed: "MessagesSuppressed",
  messagesDelivered: "MessagesDelivered",
  /** Sent, and not taken for good. Dimension `channel`, as of the two that follow. */
  messagesBounced: "MessagesBounced",
  messagesComplained: "MessagesComplained",
  /** Sent, and stopped on the way: by a carrier, by the provider itself. */
  messagesUndelivered: "MessagesUndelivered",
  /** What customers wrote. Dimension `channel`. */
  messagesReceived: "MessagesReceived",
  /** Calls of providers that nobody reads, so that a person must. Dimension `reason`: the provider. */
  payloadsUnread: "PayloadsUnread",
  messagesOpened: "MessagesOpened",
  messagesClicked: "MessagesClicked",
  /** Events that systems outside were told of. */
  webhooksTold: "WebhooksTold",
  /** Calls that were not taken. Dimension `reason`. */
  webhooksFailed: "WebhooksFailed",
  /** Events that were given up, kept to be told again. Dimension `reason`. */
  webhooksDead: "WebhooksDead",
  /** Systems that are told nothing any more, because they took nothing for a day or said so. */
  webhooksDisabled: "WebhooksDisabled",
  /** Outcomes reported under a name that nothing in the playbook knows: most often misspelt. */
  outcomesUnknown: "OutcomesUnknown",
  deadLettered: "DeadLettered",
  /** Seconds since a record that failed was first sent. Dimension `queue`. */
  failedRecordAge: "FailedRecordAge",
} as const;
export type MetricName = (typeof METRICS)[keyof typeof METRICS];
