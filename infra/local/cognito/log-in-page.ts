import type { HttpResponse } from "../http/messages.ts";
import { escapeHtml, layout } from "../pages/layout.ts";
import { SAMPLE_PEOPLE } from "./people.ts";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // Without a referrer a browser says no origin either, and the choice would come from nowhere.
  "referrer-policy": "same-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** Who somebody wants to be: a button for each sample person. @param action where the choice is posted to */
export function logInPage(action: string): HttpResponse {
  const people = SAMPLE_PEOPLE.map(
    ({ id, name, role, about }) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td><code>${role}</code></td><td>${escapeHtml(about)}</td>` +
      `<td><button name="person" value="${id}" aria-label="Log in as ${escapeHtml(name)}, ${role}">Log in</button></td></tr>`,
  );
  const body = `<h1>Log in as</h1>
<p class="muted">Sample people, for this machine alone. In AWS people log in by a user pool, whose groups are these roles.</p>
<form method="post" action="${escapeHtml(action)}"><table>${people.join("")}</table></form>`;
  return { status: 200, headers: HEADERS, body: layout("Log in", null, "", body) };
}

/** Says why nobody can be logged in with what was asked. */
export const refusal = (reason: string): HttpResponse => ({
  status: 400,
  headers: HEADERS,
  body: layout("Log in", null, "", `<h1>This is no log-in</h1><p>${escapeHtml(reason)}</p>`),
});
