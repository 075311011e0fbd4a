import { TAKEN, TURNED_DOWN } from "#domain/customer/responses.ts";
import {
  MESSAGE_OUTCOMES,
  OUTCOME_EVENT,
  RESERVED_EVENTS,
  USUAL_OUTCOMES,
} from "#domain/playbook/model/known.ts";
import { EXPOSURES } from "#domain/playbook/model/learning.ts";

/** A type of event that clients send. Each names somebody, by `userId` or `anonymousId`. */
export type CallMeaning = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly about: string;
};

/** What each type of event is for, by the type's name in the API's document. */
export const CALLS: Readonly<Record<string, CallMeaning>> = {
  identify: { required: [], optional: ["traits"], about: "who somebody is: traits, and ids among them" },
  track: {
    required: ["event"],
    optional: ["properties"],
    about: "what somebody did; `event` is its name in the playbook",
  },
  page: {
    required: [],
    optional: ["name", "category", "properties"],
    about: "which page somebody looked at",
  },
  screen: {
    required: [],
    optional: ["name", "category", "properties"],
    about: "which screen of an app somebody looked at",
  },
  group: { required: ["groupId"], optional: ["traits"], about: "which company or group somebody belongs to" },
  alias: { required: ["userId", "previousId"], optional: [], about: "that `userId` is who `previousId` was" },
};

/** Members that every event may have, by their names in the API's document. */
export const MEMBERS: Readonly<Record<string, string>> = {
  type: "one of the types above; in a batch alone, for elsewhere the path says it",
  userId: "the company's own id of the person",
  anonymousId: "the id of a browser or an app before anybody is known",
  previousId: "`alias`: the id used so far",
  groupId: "`group`: the group's id",
  event: "`track`: the event's name",
  name: "`page`, `screen`: the name",
  category: "`page`, `screen`: the kind",
  traits: "`identify`, `group`: what is so of the person, until said otherwise",
  properties: "`track`, `page`, `screen`: what is so of this event alone",
  context: "where it came from: `timezone`, `locale`, `page`, `device`; `identity` is a proof",
  messageId: "the event's id: the same one counts once. Without one, each arrival is an event of its own",
  timestamp: "when it happened",
  originalTimestamp: "the same, by the client's clock",
  sentAt: "when the client sent it: corrects its clock",
  receivedAt: "when somebody else received it, of imported events",
};

const OWN_EVENTS: Readonly<Record<string, string>> = {
  "Consent Changed":
    "a `track` of yours, or a page of the hub: `channel`, `topic`, `status`, `kind`, `source`, `text`",
  unsubscribed: "the customer unsubscribed by a message's link or header",
  "message.received":
    "the customer wrote to us: `channel`, `text`, `from`, `to`, `provider`, `account`, `providerMessageId`, and where they are known `inReplyTo`, `attachments`, `kind`",
  "conversation.changed":
    "the customer's conversation was opened, taken, answered or closed: `conversationId`, `open`, `handler`, `channel`, and where they are known `topic`, `waitingSince`, `lastRating`",
  "conversation.breached":
    "nobody answered the customer by when `conversations.yaml` promises: `conversationId`, `dueAt`, `channel`, and where they are known `team`, `topic`",
  "decision.held":
    "contact policy kept something back while the customer's conversation is as it is: `decisionId`, `categories`, `until`",
  "segment.entered": "the customer came into a segment",
  "segment.exited": "the customer left a segment",
  "time.came": "a day that a trigger waits for came: `trigger`",
};

const OUTCOMES: Readonly<Record<string, string>> = {
  sent: "the provider took the message",
  delivered: "it arrived",
  opened: "it was opened",
  clicked: "it was clicked, or a link in it",
  bounced: "the address does not take it",
  complained: "it was called spam",
  failed: "it could not be sent",
  unsubscribed: "the customer wants no more of it",
  accepted: "what was offered was taken",
  converted: "what the action is for happened",
  dismissed: "it was waved away",
  refused: "what was offered was turned down",
  rejected: "the same",
  declined: "the same",
  shown: "a page showed it; slots report it as `seen`",
};

/** An event or outcome that is known by itself, and what it says. */
export type Meaning = { readonly name: string; readonly about: string };

const meaningOf = (texts: Readonly<Record<string, string>>, name: string): Meaning => {
  const about = texts[name];
  if (about === undefined)
    throw new Error(`docs/event-catalogue.md does not say what ${name} is: say it in meanings.ts`);
  return { name, about };
};

/** Events that exist in every playbook, beside those of `CALLS`. */
export const reservedEvents = (): readonly Meaning[] => [
  ...RESERVED_EVENTS.filter((name) => !(name in CALLS)).map((name) => {
    const outcome =
      name.startsWith("message.") && !(name in OWN_EVENTS) ? name.slice("message.".length) : undefined;
    return outcome === undefined
      ? meaningOf(OWN_EVENTS, name)
      : { name, about: `of a message: ${meaningOf(OUTCOMES, outcome).about}` };
  }),
  { name: `${OUTCOME_EVENT}<outcome>`, about: "what `POST /v1/outcomes` reported" },
];

/** Outcomes that mean something by themselves. `POST /v1/outcomes` takes any other name too. */
export const outcomes = (): readonly Meaning[] =>
  [
    ...new Set<string>([
      ...MESSAGE_OUTCOMES,
      "unsubscribed",
      ...USUAL_OUTCOMES,
      ...TAKEN,
      ...TURNED_DOWN,
      ...EXPOSURES,
    ]),
  ].map((name) => meaningOf(OUTCOMES, name));
