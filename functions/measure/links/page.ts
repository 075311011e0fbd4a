import { createHash } from "node:crypto";
import { DAY_MS } from "#kernel/time.ts";
import { escapeHtml } from "#template/html/escape.ts";

/** Of links from one page to another. */
export const PAGE_LINK_LIFE_MS = DAY_MS;

/** Readable in light and dark, on a phone and by keyboard; targets of at least 24 pixels (WCAG 2.2, 2.5.8). */
const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem;color:light-dark(#1a1a1a,#ececec);background:light-dark(#fff,#161616)}
header{font-weight:600;padding-bottom:.8rem;border-bottom:1px solid light-dark(#d5d5d5,#444)}h1{font-size:1.5rem;margin:1.6rem 0 .6rem}
fieldset{border:1px solid light-dark(#767676,#8a8a8a);border-radius:.4rem;margin:1rem 0;padding:.3rem 1rem .6rem}legend{padding:0 .4rem;font-weight:600}
label{display:flex;gap:.6rem;align-items:center;padding:.4rem 0}input{width:1.3rem;height:1.3rem;flex:none;accent-color:#0a6e5f}
button{font:inherit;padding:.6rem 1.2rem;margin:.6rem .6rem 0 0;cursor:pointer;border:1px solid light-dark(#0a6e5f,#5fd3c0);border-radius:.4rem;background:transparent;color:light-dark(#0a6e5f,#5fd3c0)}
button.main{background:#0a6e5f;border-color:#0a6e5f;color:#fff}:focus-visible{outline:3px solid light-dark(#0b57d0,#8ab4ff);outline-offset:2px}
[role=status]{padding:.6rem 1rem;border-left:4px solid #0a6e5f;background:light-dark(#e8f4f1,#12302b)}a{color:light-dark(#0b57d0,#8ab4ff)}`;

/** No script, nothing from elsewhere, in nobody's frame; the address, which is a key, goes to nobody as referrer. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex",
  "cache-control": "no-store",
};

/**
 * A page in the brand's name.
 * @param main trusted HTML: whatever came from outside is escaped by the caller
 */
export const page = <Status extends number>(
  status: Status,
  about: { readonly brand: string; readonly locale: string; readonly title: string },
  main: string,
) => {
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
${about.brand === "" ? "" : `<header>${escapeHtml(about.brand)}</header>`}
<main>
<h1>${escapeHtml(about.title)}</h1>
${main}
</main>
</body>
</html>
`,
  };
};

export const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;
