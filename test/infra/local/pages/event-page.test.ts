import { expect, it } from "vitest";
import { eventPage } from "#infra/local/pages/event-page.ts";
import { openPage } from "./open-page.ts";

const NOW = "2026-11-30T12:00:00.000Z";
const ITEMS = [
  { title: "track: Signed Up", kind: "track", content: { event: "Signed Up" }, trusted: false },
  { title: "track: Order Completed", kind: "track", content: { event: "Order Completed" }, trusted: true },
];
const DECIDED = {
  decisionId: "dec_1",
  customerId: "cus_1",
  placement: "trigger.welcome",
  at: NOW,
  actions: ["welcome"],
  messages: ["msg_1"],
};
const ANSWERS = {
  "/_local/events": { items: ITEMS },
  "/_local/clock": { now: NOW },
  "/_local/idle": { now: NOW },
  "/v1/track": { success: true },
  "/v1/profiles/userId%3Akim": { customerId: "cus_1" },
  "/_local/decisions?customerId=cus_1": { items: [DECIDED] },
  "/_local/outbox?limit=50": {
    items: [
      { messageId: "msg_1", channel: "email", to: "kim@example.com", subject: "<b>Hi", at: NOW },
      { messageId: "msg_2", channel: "email", to: "sam@example.com", subject: "Somebody else's", at: NOW },
    ],
  },
};
const opened = async (answers: Readonly<Record<string, unknown>> = ANSWERS) => {
  const page = openPage(eventPage(), answers, "/_local/event");
  await expect.poll(() => page.window.eval(`document.getElementById("content").value`)).not.toBe("");
  const choose = (index: number) =>
    page.window.eval(
      `document.getElementById("event").value = "${index}"; document.getElementById("event").dispatchEvent(new Event("change"))`,
    );
  const send = () =>
    page.window.eval(
      `document.getElementById("wish").dispatchEvent(new Event("submit", { cancelable: true }))`,
    );
  return { ...page, choose, send };
};

it("sends what was chosen by the public API, and shows the decision and the mail that came of it", async () => {
  const { asked, send, text, links } = await opened();
  send();
  await expect.poll(() => text("outcome")).toContain("email to kim@example.com: <b>Hi");
  expect(asked.find(({ path }) => path === "/v1/track")).toEqual({
    path: "/v1/track",
    body: { userId: "kim", event: "Signed Up" },
    key: "local-write-key",
  });
  expect(text("outcome")).not.toContain("Somebody else's");
  expect(links("#outcome")).toEqual([
    "/_local/customer?ref=userId%3Akim",
    "/_local/decision?id=dec_1",
    "/_local/?message=msg_1",
  ]);
});

it("takes the secret key for what a playbook believes of the shop's own server only", async () => {
  const { asked, choose, send, text } = await opened();
  choose(1);
  expect(text("hint")).not.toBe("");
  send();
  await expect.poll(() => asked.find(({ path }) => path === "/v1/track")?.key).toBe("local-secret-key");
});

it("says what was wrong with what was sent", async () => {
  const { send, text } = await opened({ ...ANSWERS, "/v1/track": new Error("event: expected a name") });
  send();
  await expect.poll(() => text("outcome")).toBe("event: expected a name");
});

it("sends nothing that is no JSON", async () => {
  const { asked, send, text, window } = await opened();
  window.eval(`document.getElementById("content").value = "{"`);
  send();
  await expect.poll(() => text("outcome")).toContain("that is no JSON");
  expect(asked.map(({ path }) => path)).not.toContain("/v1/track");
});
