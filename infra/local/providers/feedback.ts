import type { EventDestination, ProviderSettings } from "../assembly/providers.ts";
import type { JsonObject } from "../aws/json.ts";
import type { Buses } from "../eventbridge/buses.ts";
import type { Topics } from "../sns/topics.ts";
import type { Outbox, Sent } from "./outbox.ts";
import { SES_EVENT_TYPES, sesEvent } from "./ses-events.ts";
import { SMS_EVENT_TYPES, smsEvent } from "./sms-events.ts";

export type Feedback = {
  readonly messageId: string;
  readonly type: string;
  /** ISO-8601; default now. */
  readonly at?: string | undefined;
  /** The link of a click. */
  readonly url?: string | undefined;
};
/** Where it went, or why it could go nowhere. */
export type FeedbackResult =
  | { readonly ok: true; readonly deliveredTo: readonly string[] }
  | { readonly ok: false; readonly status: 404 | 422 | 501; readonly message: string };

type Around = {
  readonly providers: ProviderSettings;
  readonly outbox: Outbox;
  readonly topics: Topics;
  readonly buses: Buses;
  readonly now: () => number;
  /** Fetches a link of a mail, given by its path, as the reader's mail program does. @returns the status */
  readonly visit: (path: string) => Promise<number>;
};

const SMS_DETAIL_TYPE = "Text Message Delivery Status Updated";

/** Tells what became of a message, in the provider's own shape and along the way that the templates wire. */
export async function giveFeedback(around: Around, feedback: Feedback): Promise<FeedbackResult> {
  const sent = around.outbox.find(feedback.messageId);
  if (sent === null)
    return { ok: false, status: 404, message: `no message ${feedback.messageId} in the outbox` };
  const at = feedback.at ?? new Date(around.now()).toISOString();
  if (sent.channel === "email") return mailFeedback(around, sent, feedback, at);
  if (sent.channel === "sms") return smsFeedback(around, sent, feedback.type, at);
  return {
    ok: false,
    status: 501,
    message: `${sent.provider} tells nothing about a ${sent.channel} message after accepting it`,
  };
}

async function mailFeedback(
  around: Around,
  sent: Sent,
  feedback: Feedback,
  at: string,
): Promise<FeedbackResult> {
  const event = sesEvent(sent, feedback.type, at, feedback.url ?? "https://example.com/");
  if (event === null) return unknownType(feedback.type, SES_EVENT_TYPES);
  const destinations = destinationsOf(around.providers.ses.destinations, sent, event.matching);
  const link = OWN_LINKS[feedback.type];
  if (destinations.length === 0 && link !== undefined) return visitLink(around, sent, link);
  return deliver(around, destinations, event.body, {
    source: "aws.ses",
    detailType: event.detailType,
    always: false,
  });
}

/** Where SES is not asked to count openings and clicks, the mail's own pixel and links do. */
const OWN_LINKS: Readonly<Record<string, string>> = { opened: "o", clicked: "l" };

async function visitLink(around: Around, sent: Sent, link: string): Promise<FeedbackResult> {
  const path = new RegExp(`/${link}/[A-Za-z0-9_-]+`).exec(sent.html ?? sent.text)?.[0];
  if (path === undefined) return { ok: false, status: 422, message: `the mail has no link /${link}/` };
  const status = await around.visit(path);
  if (status < 400) return { ok: true, deliveredTo: [`GET /${link}/{token}`] };
  return { ok: false, status: 422, message: `GET /${link}/{token} answered ${status}` };
}

function smsFeedback(around: Around, sent: Sent, type: string, at: string): FeedbackResult {
  const event = smsEvent(sent, type, at);
  if (event === null) return unknownType(type, SMS_EVENT_TYPES);
  const destinations = destinationsOf(around.providers.sms.destinations, sent, event.matching);
  // The service tells the default bus of its own accord, without a destination (best effort).
  return deliver(around, destinations, event.body, {
    source: "aws.sms-voice",
    detailType: SMS_DETAIL_TYPE,
    always: true,
  });
}

const unknownType = (type: string, known: readonly string[]): FeedbackResult => ({
  ok: false,
  status: 422,
  message: `the provider has no event for "${type}"; known: ${known.join(", ")}`,
});

const destinationsOf = (
  all: readonly EventDestination[],
  sent: Sent,
  matching: string,
): readonly EventDestination[] =>
  all.filter((one) => one.configurationSet === sent.configurationSet && matches(one.types, matching));

/** SMS destinations may name groups: `TEXT_ALL`, `ALL`. */
const matches = (types: readonly string[], event: string): boolean =>
  types.some(
    (type) =>
      type.toUpperCase() === event || type === "ALL" || (type === "TEXT_ALL" && event.startsWith("TEXT_")),
  );

type BusEvent = { readonly source: string; readonly detailType: string; readonly always: boolean };

function deliver(
  around: Around,
  destinations: readonly EventDestination[],
  body: JsonObject,
  event: BusEvent,
): FeedbackResult {
  const deliveredTo: string[] = [];
  for (const { topicArn } of destinations) {
    if (topicArn === null) continue;
    around.topics.publish(topicArn, { message: JSON.stringify(body), subject: "Amazon event notification" });
    deliveredTo.push(topicArn);
  }
  if (event.always || destinations.some((one) => one.bus)) {
    around.buses.put("default", { source: event.source, detailType: event.detailType, detail: body });
    deliveredTo.push("bus default");
  }
  if (deliveredTo.length > 0) return { ok: true, deliveredTo };
  return {
    ok: false,
    status: 501,
    message: "no event destination of the message's configuration set takes this event",
  };
}
