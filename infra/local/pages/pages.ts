import type { HttpResponse } from "../http/messages.ts";
import type { Outbox } from "../providers/outbox.ts";
import { clockPage } from "./clock-page.ts";
import { decisionPage } from "./decision-page.ts";
import { eventPage } from "./event-page.ts";
import { mailPage, outboxPage } from "./outbox-page.ts";
import { previewPage } from "./preview-page.ts";
import { timelinePage } from "./timeline-page.ts";
import { welcomePage } from "./welcome-page.ts";

type Around = { readonly outbox: Outbox; readonly query: URLSearchParams; readonly now: number };

/** The pages under `/_local/`, or null when there is none of that name. */
export function page(path: string, around: Around): HttpResponse | null {
  const { outbox, query, now } = around;
  if (path === "") return html(outboxShown(outbox, query, now));
  if (path === "mail") return mail(outbox, query.get("id") ?? "");
  if (path === "customer") return html(timelinePage(query.get("ref") ?? ""));
  if (path === "preview") return html(previewPage());
  if (path === "event") return html(eventPage());
  if (path === "decision") return html(decisionPage());
  if (path === "time") return html(clockPage(now));
  return null;
}

/** What stands at `/` itself. */
export const welcome = (): HttpResponse => html(welcomePage());

function outboxShown(outbox: Outbox, query: URLSearchParams, now: number): string {
  const message = query.get("message");
  const filter = message === null ? channelOf(query) : { messageId: message };
  return outboxPage(outbox.list(filter), { channel: query.get("channel"), message }, now);
}

const channelOf = (query: URLSearchParams): { channel?: string } => {
  const channel = query.get("channel");
  return channel === null || channel === "" ? {} : { channel };
};

function mail(outbox: Outbox, id: string): HttpResponse | null {
  const sent = outbox.find(id);
  return sent === null
    ? null
    : html(mailPage(sent), "sandbox; default-src 'none'; img-src *; style-src 'unsafe-inline'; font-src *");
}

const html = (body: string, policy?: string): HttpResponse => ({
  status: 200,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    ...(policy === undefined ? {} : { "content-security-policy": policy }),
  },
  body,
});
