import type { HttpResponse } from "../http/messages.ts";
import { escapeHtml, layout } from "../pages/layout.ts";
import type { LocalPerson } from "./people.ts";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // Without a referrer a browser says no origin either, and the choice would come from nowhere.
  "referrer-policy": "same-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** Who somebody wants to be: a button for each person who may log in. @param action where the choice is posted to */
export function logInPage(action: string, all: readonly LocalPerson[]): HttpResponse {
  const people = all
    .filter(({ isEnabled }) => isEnabled)
    .map(({ id, name, roles, about }) => {
      const groups = roles.length === 0 ? "no role" : roles.join(", ");
      return (
        `<tr><th scope="row">${escapeHtml(name)}</th><td><code>${groups}</code></td><td>${escapeHtml(about)}</td>` +
        `<td><button name="person" value="${id}" aria-label="Log in as ${escapeHtml(name)}, ${groups}">Log in</button></td></tr>`
      );
    });
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
