import type { Operation } from "#runtime/http/operation.ts";

const HTML = "text/html";

export const operations: readonly Operation[] = [
  {
    route: "GET /l/{token}",
    summary: "Counts a click and leads to where the link in the message pointed",
    scope: null,
    answers: { 302: HTML, 404: HTML, 410: HTML },
  },
  {
    route: "GET /o/{token}",
    summary: "Counts an opening of a mail",
    scope: null,
    answers: { 200: "image/gif", 404: HTML, 410: HTML },
  },
  {
    route: "GET /u/{token}",
    summary: "Asks whether to unsubscribe; changes nothing",
    scope: null,
    answers: { 200: HTML, 404: HTML, 410: HTML },
  },
  {
    route: "POST /u/{token}",
    summary: "Unsubscribes at once (RFC 8058)",
    scope: null,
    answers: { 200: HTML, 404: HTML, 410: HTML },
  },
  {
    route: "GET /p/{token}",
    summary: "Shows what a person agreed to receive",
    scope: null,
    answers: { 200: HTML, 404: HTML, 410: HTML },
  },
  {
    route: "POST /p/{token}",
    summary: "Saves what a person agrees to receive",
    scope: null,
    answers: { 200: HTML, 404: HTML, 410: HTML },
  },
];
