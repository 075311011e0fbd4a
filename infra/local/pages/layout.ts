export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --line: #8883; --soft: #8881; --accent: #0a7d6c; --muted: #888; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; gap: 1.5rem; align-items: baseline; padding: .8rem 1.5rem; border-bottom: 1px solid var(--line); }
header b { font-size: 1.15rem; color: var(--accent); }
header a { color: inherit; text-decoration: none; }
header a:hover, header a[aria-current] { text-decoration: underline; text-underline-offset: .3em; }
header small { margin-left: auto; color: var(--muted); }
main { max-width: 68rem; margin: 1.5rem auto; padding: 0 1.5rem; }
nav a { display: inline-block; padding: .1rem .7rem; margin-right: .4rem; border: 1px solid var(--line); border-radius: 1rem; color: inherit; text-decoration: none; font-size: .85rem; }
nav a[aria-current] { background: var(--accent); border-color: var(--accent); color: #fff; }
article { margin: 1rem 0; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
article > summary, article > div { padding: .7rem 1rem; }
summary { cursor: pointer; list-style: none; display: grid; grid-template-columns: 5rem 1fr auto; gap: 1rem; align-items: baseline; }
summary:hover { background: var(--soft); }
.kind { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--accent); }
.muted, time { color: var(--muted); font-size: .85rem; }
details > div { padding: .7rem 1rem; border-top: 1px solid var(--line); }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
td { padding: .15rem .8rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { color: var(--muted); white-space: nowrap; }
form { display: flex; gap: .6rem; margin-bottom: 1rem; }
input { flex: 1; padding: .5rem .8rem; font: inherit; border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; }
button { padding: .5rem 1.1rem; font: inherit; border: 0; border-radius: .5rem; background: var(--accent); color: #fff; cursor: pointer; }
.columns { display: grid; grid-template-columns: 20rem 1fr; gap: 1.5rem; align-items: start; }
@media (max-width: 50rem) { .columns { grid-template-columns: 1fr; } }
`;

/** One page in the local cloud's dress; no assets from elsewhere. `current` names the page in the header. */
export function layout(title: string, current: "outbox" | "customer", note: string, body: string): string {
  const link = (href: string, name: string, label: string): string =>
    `<a href="${href}"${name === current ? ' aria-current="page"' : ""}>${label}</a>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Rapport local cloud</title><style>${STYLE}</style></head>
<body><header><b>Rapport</b>${link("/_local/", "outbox", "Outbox")}${link("/_local/customer", "customer", "Customer")}<small>${escapeHtml(note)}</small></header>
<main>${body}</main></body></html>`;
}
