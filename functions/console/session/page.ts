import { createHash } from "node:crypto";

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto 0;padding:0 1rem;color:light-dark(#1a1a1a,#ececec);background:light-dark(#fff,#161616)}
h1{font-size:1.3rem}a{color:light-dark(#0a6e5f,#5fd3c0)}:focus-visible{outline:2px solid;outline-offset:2px}`;

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** A page that says why nobody is logged in. Its texts are ours: nothing of a request stands in it. */
const page = <Status extends number>(status: Status, title: string, main: string) => ({
  status,
  headers: HEADERS,
  html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Rapport</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${main}</main></body></html>
`,
});

const AGAIN = '<p><a href="/console/login">Log in again</a></p>';

export const nobodyLogsIn = page(
  404,
  "Nobody logs in here",
  "<p>People log in to a hub in AWS, by its user pool, or to one that is tried out with <code>npm start</code>. A hub that serves customers from one machine has neither: use its API, with a key.</p>",
);

export const notLoggedIn = page(
  400,
  "You are not logged in",
  `<p>The log-in was not finished, or it was for another browser.</p>${AGAIN}`,
);

export const noCookieKept = page(
  400,
  "Your browser kept no cookie",
  `<p>A session needs one. Allow cookies for this address, then log in again.</p>${AGAIN}`,
);

export const issuerIsSilent = page(
  503,
  "Logging in does not work just now",
  `<p>The service that people log in with does not answer.</p>${AGAIN}`,
);
