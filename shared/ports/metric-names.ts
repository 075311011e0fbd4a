/** Metric names: handlers, alarms and the dashboard import these same constants. */
export const METRIC_NAMESPACE = "Rapport";

export const METRICS = {
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
  decisionsMade: "DecisionsMade",
  /** Decisions that the log did not take: they are missing in simulations and estimates. */
  decisionsUnlogged: "DecisionsUnlogged",
  messagesRequested: "MessagesRequested",
  messagesSent: "MessagesSent",
  messagesFailed: "MessagesFailed",
  /** Dimension `reason`: consent, suppressed, quiet-hours, cap, ... */
  messagesSuppressed: "MessagesSuppressed",
  messagesDelivered: "MessagesDelivered",
  messagesOpened: "MessagesOpened",
  messagesClicked: "MessagesClicked",
  /** Outcomes reported under a name that nothing in the playbook knows: most often misspelt. */
  outcomesUnknown: "OutcomesUnknown",
  deadLettered: "DeadLettered",
} as const;
export type MetricName = (typeof METRICS)[keyof typeof METRICS];
