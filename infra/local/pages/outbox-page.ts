import { CHANNELS } from "#channels/all.ts";
import type { TextSize } from "#channels/definition/definition.ts";
import type { Sent } from "../door/provider-local.ts";
import { escapeHtml, layout, timeElement } from "./layout.ts";

/** More than this many messages make a page slow; the newest are shown. */
const SHOWN = 100;

export type OutboxView = { readonly channel: string | null; readonly message: string | null };

/** The outbox, newest first: each message folded, mails rendered in a sandbox. A single `message` stands unfolded. */
export function outboxPage(items: readonly Sent[], { channel, message }: OutboxView, now: number): string {
  const tabs = ["", ...CHANNELS.keys()]
    .map((name) => {
      const current = name === (channel ?? "") ? ' aria-current="page"' : "";
      return `<a href="/_local/${name === "" ? "" : `?channel=${name}`}"${current}>${name === "" ? "all" : name}</a>`;
    })
    .join("");
  const shown = items
    .slice(-SHOWN)
    .reverse()
    .map((sent) => card(sent, message !== null))
    .join("");
  const nothing =
    '<p class="muted">Nothing was sent yet. <a href="/_local/event">Send an event</a> that leads to a message.</p>';
  const body = `<h1>What was sent</h1><nav class="tabs" aria-label="Channels">${tabs}</nav>${shown === "" ? nothing : shown}<script>${SCRIPT}</script>`;
  return layout(
    "Outbox",
    "outbox",
    `${items.length} sent · ${new Date(now).toISOString().slice(0, 19).replace("T", " ")} UTC`,
    body,
  );
}

function card(sent: Sent, open: boolean): string {
  const title = sent.subject ?? sent.text.slice(0, 90);
  const of = sent.messageId === null ? "" : ` data-message="${escapeHtml(sent.messageId)}"`;
  return `<article><details${of}${open ? " open" : ""}><summary><span class="kind">${escapeHtml(sent.channel)}</span><span>${escapeHtml(title)}<br><span class="muted">to ${escapeHtml(sent.to)}</span></span>${timeElement(sent.at)}</summary><div>${content(sent)}${facts(sent)}</div></details></article>`;
}

function content(sent: Sent): string {
  if (sent.html === undefined) return `<pre>${escapeHtml(sent.text)}</pre>`;
  const source = `/_local/mail?id=${encodeURIComponent(sent.providerMessageId)}`;
  const plain =
    sent.text === ""
      ? ""
      : `<details><summary class="muted">plain text</summary><pre>${escapeHtml(sent.text)}</pre></details>`;
  return `<iframe sandbox loading="lazy" title="The mail as it looks" src="${source}"></iframe>${plain}`;
}

const partsOf = ({ encoding, foreign, parts, units }: TextSize): string =>
  [
    `${parts} of ${encoding}`,
    `${units} characters`,
    ...(foreign.length === 0 ? [] : [`for ${foreign.join(" ")}`]),
  ].join(", ");

function facts(sent: Sent): string {
  const rows: readonly (readonly [string, string])[] = [
    ["from", sent.from],
    ["provider", sent.provider],
    ["message id", sent.messageId ?? "none"],
    ["provider's id", sent.providerMessageId],
    ...(sent.size === undefined ? [] : [["parts", partsOf(sent.size)] as const]),
    ...Object.entries(sent.headers ?? {}),
    ...Object.entries(sent.tags ?? {}),
    ...Object.entries(sent.data ?? {}),
  ];
  const cells = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>${cells.join("")}</table>`;
}

/** A message that is unfolded shows what the API tells of it: its history, the links that were left out, whom it is for, and why. */
const SCRIPT = `
const entryOf = ({ at, status, reason, warnings = [] }) => {
  const leftOut = warnings.map(({ part, host }) => part + ": a link to " + (host || "nobody knows where") + " was left out");
  return [at.slice(0, 19).replace("T", " "), status, reason, ...leftOut].filter(Boolean).join(" · ");
};
for (const details of document.querySelectorAll("details[data-message]")) {
  const show = async () => {
    const path = "/v1/messages/" + encodeURIComponent(details.dataset.message);
    const response = await fetch(path, { headers: { authorization: "Bearer local-secret-key" } });
    const { history = [], customerId } = await response.json();
    const list = document.createElement("ul");
    for (const change of history) {
      const entry = document.createElement("li");
      entry.textContent = entryOf(change);
      list.append(entry);
    }
    details.append(list);
    if (customerId === undefined) return;
    const around = [["Customer", "/_local/customer", { ref: customerId }], ["Decision", "/_local/decision", { messageId: details.dataset.message }]];
    for (const [text, page, query] of around) {
      const link = document.createElement("a");
      link.textContent = text;
      link.href = page + "?" + new URLSearchParams(query);
      details.append(link, " ");
    }
  };
  if (details.open) void show();
  else details.addEventListener("toggle", show, { once: true });
}
`;

/** The picture by which a mail counts that it was opened, as the hub writes it. */
const OPENING = /^<img src="https?:\/\/[^"/?#]+\/o\/[\w-]+"/;

/** Whoever looks into the outbox is not the customer: the picture that counts openings is left out. */
const withoutOpening = (html: string): string =>
  html.replace(/<img [^<>]*>/g, (picture) => (OPENING.test(picture) ? "" : picture));

/** The mail alone, for the frame: it may neither run scripts nor send forms (its response says so too). */
export const mailPage = ({ html, text }: Sent): string =>
  html === undefined ? `<pre>${escapeHtml(text)}</pre>` : withoutOpening(html);
