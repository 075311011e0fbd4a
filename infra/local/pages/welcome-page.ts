import { LOCAL_SECRET_KEY, LOCAL_WRITE_KEY } from "../state/local-keys.ts";
import { layout, PAGES } from "./layout.ts";

/** What somebody sees who opens the address that `npm start` prints: where to go from here. */
export function welcomePage(): string {
  const places = PAGES.map(({ path, label, about }) => `<li><a href="${path}">${label}</a>: ${about}</li>`);
  const body = `<h1>Rapport runs on this machine</h1>
<p>Nothing leaves it: what would be sent is kept in the outbox. Begin with an event, and see what comes of it.</p>
<ul><li><a href="/console">Console</a>: customers, rules and results, for the people who work with them</li>${places.join("")}<li><a href="/openapi.json">The API's description</a>: every call, in OpenAPI</li></ul>
<h2>Keys</h2>
<table><tr><th scope="row">write key, for pages and apps</th><td><code>${LOCAL_WRITE_KEY}</code></td></tr><tr><th scope="row">secret key, for your own server</th><td><code>${LOCAL_SECRET_KEY}</code></td></tr></table>
<p class="muted">The rules lie in the playbook's folder; docs/README.md in the project says what to read.</p>`;
  return layout("Welcome", null, "", body);
}
