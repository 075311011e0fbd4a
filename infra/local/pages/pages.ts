import type { HttpResponse } from "../http/messages.ts";
import type { Outbox } from "../providers/outbox.ts";
import { mailPage, outboxPage } from "./outbox-page.ts";
import { previewPage } from "./preview-page.ts";
import { timelinePage } from "./timeline-page.ts";

type Around = { readonly outbox: Outbox; readonly query: URLSearchParams; readonly now: number };

/** The pages under `/_local/`, or null when there is none of that name. */
export function page(path: string, around: Around): HttpResponse | null {
  const { outbox, query, now } = around;
  if (path === "") return html(outboxPage(outbox.list(channelOf(query)), query.get("channel"), now));
  if (path === "mail") return mail(outbox, query.get("id") ?? "");
  if (path === "customer") return html(timelinePage(query.get("ref") ?? ""));
  if (path === "preview") return html(previewPage());
  return null;
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
