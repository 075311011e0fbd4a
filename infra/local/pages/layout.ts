export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Grey text keeps a contrast of 4.5:1 on either background (WCAG 2.2, 1.4.3). */
const STYLE = `
:root { color-scheme: light dark; --line: #8883; --soft: #8881; --accent: light-dark(#0a6e5f, #5fd3c0); --fill: #0a6e5f; --muted: light-dark(#636363, #a3a3a3); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; align-items: baseline; padding: .8rem 1.5rem; border-bottom: 1px solid var(--line); }
header b { font-size: 1.15rem; color: var(--accent); }
header a { color: inherit; text-decoration: none; margin-right: 1.2rem; }
header a:hover, header a[aria-current] { text-decoration: underline; text-underline-offset: .3em; }
header small { margin-left: auto; color: var(--muted); }
main { max-width: 68rem; margin: 1.5rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.15rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
.tabs a { display: inline-block; padding: .1rem .7rem; margin: 0 .4rem .4rem 0; border: 1px solid var(--line); border-radius: 1rem; color: inherit; text-decoration: none; font-size: .85rem; }
.tabs a[aria-current] { background: var(--fill); border-color: var(--fill); color: #fff; }
article { margin: .6rem 0; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
summary { cursor: pointer; list-style: none; }
summary:hover { background: var(--soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
article > details > summary { display: grid; grid-template-columns: 5.5rem 1fr auto; gap: 0 1rem; align-items: baseline; padding: .6rem 1rem; }
article > details > div { padding: .7rem 1rem; border-top: 1px solid var(--line); }
.kind { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--accent); }
.muted, time { color: var(--muted); font-size: .85rem; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { padding: .15rem .8rem .15rem 0; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
th { width: 40%; font-weight: normal; color: var(--muted); }
form { display: flex; flex-wrap: wrap; gap: .3rem .6rem; margin-bottom: 1.5rem; }
label { flex: 1 0 100%; font-size: .85rem; }
input, select, textarea { flex: 1; min-width: 0; padding: .5rem .8rem; font: inherit; border: 1px solid var(--muted); border-radius: .5rem; background: transparent; color: inherit; }
textarea { flex: 1 0 100%; font: .85rem/1.5 ui-monospace, monospace; }
option { color: CanvasText; background: Canvas; }
form > p { flex: 1 0 100%; margin: 0; }
button:disabled { opacity: .6; cursor: wait; }
main a { color: var(--accent); }
button { padding: .5rem 1.1rem; font: inherit; border: 0; border-radius: .5rem; background: var(--fill); color: #fff; cursor: pointer; }
.columns { display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); gap: 2rem; align-items: start; }
@media (max-width: 50rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  main { padding: 0 1rem; }
  article > details > summary { grid-template-columns: 1fr auto; }
  article > details > summary > :nth-child(2) { grid-area: 2 / 1 / 3 / 3; }
}
`;

/** `2026-11-22 03:25:36`: what a person reads of an instant; the whole of it stays in the element. */
export const timeElement = (at: string): string =>
  `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 19).replace("T", " "))}</time>`;

/** The pages, in the order in which somebody new wants them. */
export const PAGES = [
  { name: "outbox", path: "/_local/", label: "Outbox", about: "what would have been sent, as it looks" },
  { name: "event", path: "/_local/event", label: "Send an event", about: "and see what it leads to" },
  { name: "decision", path: "/_local/decision", label: "Decisions", about: "the latest, with their reasons" },
  {
    name: "customer",
    path: "/_local/customer",
    label: "Customer",
    about: "what is known, and what happened",
  },
  { name: "preview", path: "/_local/preview", label: "Preview", about: "any message, before it is sent" },
  { name: "clock", path: "/_local/time", label: "Clock", about: "an hour, a day or a week later" },
] as const;
type PageName = (typeof PAGES)[number]["name"];

/** One page in the local cloud's dress; no assets from elsewhere. `current` names the page in the header, if it is there. */
export function layout(title: string, current: PageName | null, note: string, body: string): string {
  const links = PAGES.map(
    ({ name, path, label }) =>
      `<a href="${path}"${name === current ? ' aria-current="page"' : ""}>${label}</a>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Rapport local cloud</title><style>${STYLE}</style></head>
<body><header><b>Rapport</b><nav aria-label="Pages">${links.join("")}</nav><small>${escapeHtml(note)}</small></header>
<main>${body}</main></body></html>`;
}
