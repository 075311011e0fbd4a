import { BROWSER } from "./browser.ts";
import { layout } from "./layout.ts";

/** The latest decisions, or one of them (`?id=` or `?messageId=`) with its reasons in words, from the public API. */
export function decisionPage(): string {
  const body = `<h1>Decisions</h1>
<form><label for="id">Decision by its id</label><input id="id" name="id" placeholder="dec_\u2026"><button>Show</button></form>
<section id="decision" aria-label="The decision" aria-live="polite"></section>
<section id="latest" aria-label="The latest decisions"></section>
<script type="module">${BROWSER}${SCRIPT}</script>`;
  return layout("Decisions", "decision", "", body);
}

const SCRIPT = `
const query = new URLSearchParams(location.search);
const showDecision = (decision, messages) => {
  const parent = at("decision");
  add(parent, "h2", decision.placement + " \\u00b7 " + shortTime(decision.at));
  add(parent, "p", decision.explanation ?? "");
  for (const { action, channel, treatment, reasons } of decision.actions) {
    list(parent, "Said: " + action + " (" + [treatment, channel].filter(Boolean).join(", ") + ")", "", reasons, (entry, reason) => {
      entry.textContent = reason;
    });
  }
  table(parent, "Not said", (decision.rejected ?? []).map(({ action, stage, reason, detail }) => [action, detail || stage + ": " + reason]));
  const facts = ["trigger", "eventId", "playbook", "decisionId", "customerId", "experiments", "model"];
  table(parent, "Facts", facts.filter((name) => decision[name]).map((name) => [name, decision[name]]));
  const links = add(parent, "p");
  if (decision.customerId) link(links, "The customer", "/_local/customer", { ref: decision.customerId });
  for (const message of messages) link(links, "The message as it went out", "/_local/", { message });
};
const show = async () => {
  const messageId = query.get("messageId");
  const { items } = await ask("/_local/decisions?" + new URLSearchParams(messageId ? { messageId } : {}));
  const id = query.get("id") || (messageId && items[0]?.decisionId);
  if (messageId && items.length === 0) add(at("decision"), "p", "No decision here made that message.");
  if (id) {
    at("id").value = id;
    const known = await ask("/_local/decisions?" + new URLSearchParams({ id }));
    showDecision(await ask("/v1/decisions/" + encodeURIComponent(id)), known.items[0]?.messages ?? []);
    return;
  }
  if (messageId) return;
  list(at("latest"), "The latest", "Nothing was decided yet.", items, (entry, one) => {
    link(entry, one.placement + ": " + said(one), "/_local/decision", { id: one.decisionId });
    add(entry, "time", shortTime(one.at)).dateTime = one.at;
  });
};
await show().catch((error) => add(at("decision"), "p", error.message));
`;
