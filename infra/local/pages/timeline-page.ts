import { BROWSER } from "./browser.ts";
import { escapeHtml, layout } from "./layout.ts";

/**
 * One customer as the public API shows them. The page asks the API itself, with the local secret key: what is seen
 * here is what any client sees.
 */
export function timelinePage(ref: string): string {
  const body = `<h1>One customer</h1><form><label for="ref">Customer: an identifier with its type, or a customerId</label><input id="ref" name="ref" value="${escapeHtml(ref)}" placeholder="userId:42, phone:+12025550100 or a customerId" autofocus><button>Show</button></form>
<div class="columns"><section id="profile" aria-label="Profile"></section><section id="timeline" aria-label="Timeline" aria-live="polite"></section></div>
<script type="module">${BROWSER}${SCRIPT}</script>`;
  return layout("Customer", "customer", "", body);
}

const SCRIPT = `
const ref = new URLSearchParams(location.search).get("ref");
const showProfile = (profile) => {
  const parent = at("profile");
  table(parent, "Customer", [["customerId", profile.customerId], ["since", shortTime(profile.createdAt)], ["version", profile.version]]);
  table(parent, "Identifiers", profile.identifiers.map((one) => [one.type, one.value]));
  table(parent, "Traits", Object.entries(profile.traits));
  table(parent, "Computed", Object.entries(profile.computed));
  table(parent, "Segments", profile.segments.map((name) => [name, ""]));
  table(parent, "Addresses", profile.addresses.map((one) => [one.channel, one.value + ", " + one.status]));
  table(parent, "Consent", profile.consent.map((one) => [one.channel + (one.topic ? " " + one.topic : ""), one.status]));
};
const titleOf = (item) => item.name ?? item.placement ?? item.outcome ?? [item.channel, item.status].filter(Boolean).join(" ");
const showTimeline = (items) => {
  const parent = at("timeline");
  if (items.length === 0) add(parent, "p", "Nothing happened yet.", "muted");
  for (const item of items) {
    const details = add(add(parent, "article"), "details");
    const summary = add(details, "summary");
    add(summary, "span", item.kind, "kind");
    add(summary, "span", titleOf(item));
    add(summary, "time", shortTime(item.at)).dateTime = item.at;
    const unfolded = add(details, "div");
    if (item.kind === "decision") link(unfolded, "The decision and its reasons", "/_local/decision", { id: item.decisionId });
    if (item.kind === "message") {
      link(unfolded, "The message as it went out", "/_local/", { message: item.messageId });
      link(unfolded, "The decision behind it", "/_local/decision", { messageId: item.messageId });
    }
    add(unfolded, "pre", JSON.stringify(item, null, 2));
  }
};
if (ref) {
  try {
    const path = "/v1/profiles/" + encodeURIComponent(ref);
    showProfile(await ask(path));
    showTimeline((await ask(path + "/timeline?limit=100")).items);
  } catch (error) {
    add(at("timeline"), "p", error.message, "muted");
  }
}
`;
