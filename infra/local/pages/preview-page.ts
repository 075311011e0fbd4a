import { BROWSER } from "./browser.ts";
import { layout } from "./layout.ts";

/**
 * Any treatment for any customer, channel and language, and a decision with its reasons. The page asks the API itself, with
 * the local secret key, and asks again by itself when code or playbook have changed.
 */
export function previewPage(): string {
  const body = `<h1>What it would look like</h1>
<form id="wish">
<label for="customer">Customer, or nothing for somebody of whom nothing is known</label><input id="customer" name="customer" placeholder="userId:42">
<label for="treatment">Treatment</label><select id="treatment" name="treatment"></select><select id="locale" name="locale" aria-label="Language"><option value="">their language</option></select>
<label for="event">Triggering event, as JSON</label><input id="event" name="event" placeholder='{"name": "Order Completed", "total": 24.5}'>
<label for="placement">Decision at</label><select id="placement" name="placement"></select>
</form>
<section id="message" aria-label="Message" aria-live="polite"></section>
<section id="decision" aria-label="Decision" aria-live="polite"></section>
<script type="module">${BROWSER}${SCRIPT}</script>`;
  return layout("Preview", "preview", "", body);
}

/** Text enters the page through `textContent` only; a mail stands in a frame that may do nothing. */
const SCRIPT = `
const choose = (select, options) => {
  const before = select.value || new URLSearchParams(location.search).get(select.name) || "";
  select.replaceChildren();
  for (const [value, text] of options) add(select, "option", text).value = value;
  if (options.some(([value]) => value === before)) select.value = before;
};
const facts = (parent, rows) => {
  const table = add(parent, "table");
  for (const [name, value] of rows) {
    const row = add(table, "tr");
    add(row, "th", name).scope = "row";
    add(row, "td", typeof value === "string" ? value : JSON.stringify(value));
  }
};
const showMessage = ({ message, locale, locales, units, warnings, action }) => {
  const parent = at("message");
  parent.replaceChildren();
  add(parent, "h2", message.subject ?? message.title ?? action);
  const { html, text, headers: sent, ...rest } = message;
  if (html) {
    const frame = add(parent, "iframe");
    frame.setAttribute("sandbox", "");
    frame.title = "The mail as it looks";
    frame.srcdoc = html;
  }
  if (text !== undefined) add(parent, "pre", text);
  facts(parent, [["language", locale], ["parts", String(units)], ...Object.entries(rest), ...Object.entries(sent ?? {})]);
  for (const { part, host } of warnings) add(parent, "p", part + ": a link to " + (host || "nobody knows where") + " is left out", "muted");
  choose(at("locale"), [["", "their language"], ...locales.map((name) => [name, name])]);
};
const showDecision = ({ actions, rejected = [] }) => {
  const parent = at("decision");
  parent.replaceChildren();
  add(parent, "h2", actions.length === 0 ? "Nothing is said" : "It says: " + actions.map(({ action }) => action).join(", "));
  facts(parent, [
    ...actions.map(({ action, channel, score, reasons }) => [action, [channel, "score " + score, ...reasons].join(" \\u00b7 ")]),
    ...rejected.map(({ action, stage, reason, detail }) => [action, [stage, reason, detail].filter(Boolean).join(" \\u00b7 ")]),
  ]);
};
const failed = (id) => (error) => {
  at(id).replaceChildren();
  add(at(id), "p", error.message, "muted");
};
const eventOf = (text) => {
  try {
    return text.trim() === "" ? {} : { event: JSON.parse(text) };
  } catch {
    throw new Error("the event is no JSON yet");
  }
};
const show = async () => {
  const customer = at("customer").value.trim();
  const [treatment, channel] = at("treatment").value.split("\\n");
  const query = { customer, treatment: at("treatment").value, locale: at("locale").value, event: at("event").value, placement: at("placement").value };
  history.replaceState(null, "", "?" + new URLSearchParams(query));
  const who = customer === "" ? {} : { customer };
  const render = async () => {
    const locale = at("locale").value === "" ? {} : { locale: at("locale").value };
    showMessage(await ask("/v1/renders", { treatment, channel, ...who, ...locale, ...eventOf(at("event").value) }));
  };
  const decide = async () => {
    const asked = { placement: at("placement").value, customer: customer || "anonymousId:preview", dryRun: true, explain: true };
    showDecision(await ask("/v1/decisions", asked));
  };
  await Promise.all([render().catch(failed("message")), decide().catch(failed("decision"))]);
};
const load = async () => {
  const { actions, placements } = await ask("/v1/playbooks/current");
  const treatments = actions.flatMap((action) => action.treatments);
  choose(at("treatment"), treatments.map(({ treatment, channel }) => [treatment + "\\n" + channel, treatment + " \\u00b7 " + channel]));
  choose(at("placement"), placements.map((name) => [name, name]));
  await show();
};
for (const name of ["customer", "event"]) at(name).value = new URLSearchParams(location.search).get(name) ?? "";
at("wish").addEventListener("input", () => void show());
at("wish").addEventListener("submit", (event) => event.preventDefault());
let seen = null;
const look = async () => {
  const { changes } = await ask("/_local/changes").catch(() => ({ changes: seen }));
  if (seen !== changes) await load().then(() => (seen = changes), failed("message"));
  setTimeout(look, 700);
};
void look();
`;
