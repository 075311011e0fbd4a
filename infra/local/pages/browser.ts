/**
 * What the scripts of the pages have in common. They ask the public API with the local secret key, and text enters a page
 * through `textContent` only, so that nothing anybody said can become markup.
 */
export const BROWSER = `
const at = (id) => document.getElementById(id);
const add = (parent, tag, text, className) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  parent.append(element);
  return element;
};
const link = (parent, text, page, query) => {
  add(parent, "a", text).href = page + "?" + new URLSearchParams(query);
  parent.append(" ");
};
const ask = async (path, body, key = "local-secret-key") => {
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const headers = { authorization: "Basic " + btoa(key + ":"), "content-type": "application/json" };
  const response = await fetch(path, { headers, ...sent });
  const answer = await response.json();
  if (response.ok) return answer;
  const wrong = (answer.errors ?? []).map(({ path, expected }) => path + ": expected " + expected);
  throw new Error([answer.message ?? response.statusText, ...wrong].join("; "));
};
const shortTime = (time) => time.slice(0, 19).replace("T", " ");
const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));
const table = (parent, title, rows) => {
  if (rows.length === 0) return;
  add(parent, "h2", title);
  const element = add(parent, "table");
  for (const [name, value] of rows) {
    const row = add(element, "tr");
    add(row, "th", name).scope = "row";
    add(row, "td", plain(value));
  }
};
const said = ({ actions }) => (actions.length === 0 ? "nothing is said" : actions.join(", "));
const list = (parent, title, none, items, show) => {
  add(parent, "h2", title);
  if (items.length === 0) add(parent, "p", none, "muted");
  const element = add(parent, "ul");
  for (const item of items) show(add(element, "li"), item);
};
/** Lists the decisions, and the messages that providers took, since a time; of one customer where one is named. */
const showSince = async (parent, since, customerId) => {
  const wanted = customerId === undefined ? {} : { customerId };
  const decided = await ask("/_local/decisions?" + new URLSearchParams(wanted));
  const { items } = await ask("/_local/outbox?limit=50");
  const decisions = decided.items.filter((one) => one.at >= since);
  const mine = new Set(decisions.flatMap(({ messages }) => messages));
  const sent = items.filter((one) => one.at >= since && (customerId === undefined || mine.has(one.messageId)));
  list(parent, "Decided", "Nothing was decided: no trigger fired, or it waits.", decisions, (entry, one) => {
    link(entry, one.placement + ": " + said(one), "/_local/decision", { id: one.decisionId });
  });
  list(parent, "Sent", "Nothing went out.", sent, (entry, one) => {
    link(entry, one.channel + " to " + one.to + ": " + (one.subject ?? one.text), "/_local/", { message: one.messageId });
  });
};
`;
