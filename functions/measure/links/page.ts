import { createHash } from "node:crypto";
import { escapeHtml } from "../../../shared/domain/message/html/escape.ts";
import type { HttpResponse } from "../../../shared/runtime/http.ts";

const STYLE = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem}button{font:inherit;padding:.6rem 1.2rem;margin:1rem .5rem 0 0;cursor:pointer}
fieldset{border:1px solid #767676;margin:1rem 0}label{display:block;padding:.3rem 0}a{color:#0b57d0}`;

/** No script, nothing from elsewhere, in nobody's frame; the address, which is a key, goes to nobody as referrer. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex",
  "cache-control": "no-store",
};

/** @param main trusted HTML: whatever came from outside is escaped by the caller */
export const page = (
  status: number,
  about: { readonly brand: string; readonly locale: string; readonly title: string },
  main: string,
): HttpResponse => {
  const title = about.brand === "" ? about.title : `${about.title} · ${about.brand}`;
  return {
    status,
    headers: PAGE_HEADERS,
    html: `<!doctype html>
<html lang="${escapeHtml(about.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(about.title)}</h1>
${main}
</main>
<footer><p>${escapeHtml(about.brand)}</p></footer>
</body>
</html>
`,
  };
};

export const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
