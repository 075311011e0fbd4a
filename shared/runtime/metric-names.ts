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
  decisionsMade: "DecisionsMade",
  messagesRequested: "MessagesRequested",
  messagesSent: "MessagesSent",
  messagesFailed: "MessagesFailed",
  /** Dimension `reason`: consent, suppressed, quiet-hours, cap, ... */
  messagesSuppressed: "MessagesSuppressed",
  messagesDelivered: "MessagesDelivered",
  messagesOpened: "MessagesOpened",
  messagesClicked: "MessagesClicked",
  deadLettered: "DeadLettered",
} as const;
export type MetricName = (typeof METRICS)[keyof typeof METRICS];
