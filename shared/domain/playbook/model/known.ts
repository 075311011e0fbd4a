/* Names that exist without being declared. */

/** Outcomes of a message; each enters the inbox as the event `message.<outcome>`. */
export const MESSAGE_OUTCOMES = [
  "sent",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "failed",
] as const;
/** Events that arise by themselves from a message, in the order of life. */
export const MESSAGE_EVENTS: readonly string[] = [
  ...MESSAGE_OUTCOMES.map((outcome) => `message.${outcome}`),
  "unsubscribed",
];
export const SEGMENT_EVENTS: readonly string[] = ["segment.entered", "segment.exited"];
/** A customer wrote to us, on whatever channel. */
export const MESSAGE_RECEIVED = "message.received";
/** A conversation of the customer's became another: opened, taken, answered, closed. */
export const CONVERSATION_CHANGED = "conversation.changed";
/** Nobody answered the customer by when the company promised. */
export const CONVERSATION_BREACHED = "conversation.breached";
/** Something was not said because of the customer's conversation: it is decided anew when that lets it. */
export const DECISION_HELD = "decision.held";
/** An outcome of one of our answers: how the customer rates us, from 1 to 5. */
export const RATED = "outcome.rated";
/** A day that a trigger waits for has come: `event.trigger` names the trigger. */
export const TIME_CAME = "time.came";
/** What the hub itself tells, because nobody else can know. */
export const HUB_EVENTS: readonly string[] = [
  ...MESSAGE_EVENTS,
  MESSAGE_RECEIVED,
  CONVERSATION_CHANGED,
  CONVERSATION_BREACHED,
  DECISION_HELD,
  ...SEGMENT_EVENTS,
  TIME_CAME,
];

/** Usual outcomes of an action. `POST /v1/outcomes` takes any name; one much like these is probably misspelt. */
export const USUAL_OUTCOMES: readonly string[] = ["accepted", "converted", "dismissed", "refused"];
/** An outcome reported by `POST /v1/outcomes` enters the inbox as the event `outcome.<outcome>`. */
export const OUTCOME_EVENT = "outcome.";

/** Events that need no declaration: Segment's calls without a name of their own, consent, outcomes, what customers write, segments. */
export const RESERVED_EVENTS: readonly string[] = [
  "identify",
  "page",
  "screen",
  "group",
  "alias",
  "Consent Changed",
  ...HUB_EVENTS,
];

/** Roots of the Liquid and FEEL scope (docs/playbook.md, "What rules and templates can name"). */
export const SCOPE_ROOTS = ["customer", "event", "data", "context", "brand", "now"] as const;
/** What a template may name beyond the scope: the links of the message itself (message/render). */
export const TEMPLATE_ROOTS: readonly string[] = [...SCOPE_ROOTS, "unsubscribe_url", "preferences_url"];

/** Fields of `customer` that are no traits. */
export const CUSTOMER_FIELDS = ["customerId", "createdAt", "conversation"] as const;
