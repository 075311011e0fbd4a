import { deliver, destinationsOf, type EventDestination } from "#infra/local/door/destinations.ts";
import {
  type Delivery,
  type Feedback,
  type LocalDoor,
  type Sent,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import { SES_EVENT_TYPES, sesEvent } from "./events.ts";

/** Where SES is not asked to count openings and clicks, the mail's own pixel and links do. */
const OWN_LINKS: Readonly<Record<string, string>> = { opened: "o", clicked: "l" };

/** Tells what became of a mail, in the shape of SES and along the way that the templates wire. */
export async function feedbackOn(
  door: LocalDoor,
  all: readonly EventDestination[],
  sent: Sent,
  { type, at, url = "https://example.com/" }: Feedback,
): Promise<Delivery> {
  const event = sesEvent(sent, type, at, url);
  if (event === null) return unknownType(type, SES_EVENT_TYPES);
  const destinations = destinationsOf(all, sent, event.matching);
  const link = OWN_LINKS[type];
  if (destinations.length === 0 && link !== undefined) return visitLink(door, sent, link);
  const { body, detailType } = event;
  return deliver(door, destinations, { body, source: "aws.ses", detailType, always: false });
}

async function visitLink(door: LocalDoor, sent: Sent, link: string): Promise<Delivery> {
  const path = new RegExp(`/${link}/[A-Za-z0-9_-]+`).exec(sent.html ?? sent.text)?.[0];
  if (path === undefined) return { ok: false, status: 422, message: `the mail has no link /${link}/` };
  const status = await door.visit(path);
  if (status < 400) return { ok: true, deliveredTo: [`GET /${link}/{token}`] };
  return { ok: false, status: 422, message: `GET /${link}/{token} answered ${status}` };
}
