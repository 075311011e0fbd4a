import { BROWSER } from "./browser.ts";
import { layout } from "./layout.ts";

/** Sends an event as an application would, and shows what came of it. What can be sent is read from the live playbook. */
export function eventPage(): string {
  const body = `<h1>Send an event</h1>
<form id="wish">
<label for="event">Event</label><select id="event" name="event"></select>
<label for="user">userId</label><input id="user" name="userId" value="kim" required>
<label for="content">What it says, as JSON</label><textarea id="content" name="content" rows="10" spellcheck="false" aria-describedby="hint"></textarea>
<p id="hint" class="muted"></p>
<label for="key">Key</label><select id="key" name="key"><option value="local-write-key">write key: anybody's, it stands in a web page</option><option value="local-secret-key">secret key: your own server's</option></select>
<button>Send</button>
</form>
<section id="outcome" aria-label="What came of it" aria-live="polite"></section>
<script type="module">${BROWSER}${SCRIPT}</script>`;
  return layout("Send an event", "event", "", body);
}

const SCRIPT = `
const load = async () => {
  const { items } = await ask("/_local/events");
  for (const [index, { title }] of items.entries()) add(at("event"), "option", title).value = String(index);
  const choose = () => {
    const { content, trusted } = items[Number(at("event").value)];
    at("content").value = JSON.stringify(content, null, 2);
    at("key").value = trusted ? "local-secret-key" : "local-write-key";
    at("hint").textContent = trusted ? "The playbook believes this of your own server only." : "";
  };
  at("event").addEventListener("change", choose);
  choose();
  return items;
};
const read = (text) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("that is no JSON: " + error.message);
  }
};
const send = async (items) => {
  const { kind } = items[Number(at("event").value)];
  const userId = at("user").value.trim();
  const { now } = await ask("/_local/clock");
  const answer = await ask("/v1/" + kind, { userId, ...read(at("content").value) }, at("key").value);
  await ask("/_local/idle");
  const { customerId } = await ask("/v1/profiles/" + encodeURIComponent("userId:" + userId));
  const parent = at("outcome");
  parent.replaceChildren();
  add(parent, "p", "Answered: " + JSON.stringify(answer));
  link(parent, "Customer " + userId, "/_local/customer", { ref: "userId:" + userId });
  await showSince(parent, now, customerId);
};
const failed = (error) => {
  at("outcome").replaceChildren();
  add(at("outcome"), "p", error.message);
};
const items = await load().catch(failed);
at("wish").addEventListener("submit", (event) => {
  event.preventDefault();
  if (items === undefined) return;
  at("outcome").replaceChildren();
  add(at("outcome"), "p", "Sending\\u2026", "muted");
  send(items).catch(failed);
});
`;
