import { expect, it } from "vitest";
import { decisionPage } from "#infra/local/pages/decision-page.ts";
import { openPage } from "./open-page.ts";

const AT = "2026-11-30T12:00:00.000Z";
const LISTED = {
  decisionId: "dec_1",
  customerId: "cus_1",
  placement: "trigger.welcome",
  at: AT,
  actions: ["welcome"],
  messages: ["msg_1"],
};
const ANSWERS = {
  "/_local/decisions?": { items: [LISTED] },
  "/_local/decisions?id=dec_1": { items: [LISTED] },
  "/_local/decisions?messageId=msg_1": { items: [LISTED] },
  "/_local/decisions?messageId=msg_9": { items: [] },
  "/v1/decisions/dec_1": {
    decisionId: "dec_1",
    customerId: "cus_1",
    placement: "trigger.welcome",
    at: AT,
    explanation: "It was the only one to consider.",
    actions: [
      { action: "welcome", channel: "email", treatment: "welcome", reasons: ["its condition holds"] },
    ],
    rejected: [{ action: "win-back", stage: "policy", reason: "consent", detail: "Nobody said yes." }],
  },
};
const open = (query: string) => openPage(decisionPage(), ANSWERS, `/_local/decision${query}`);

it("lists the latest decisions, each leading to its reasons", async () => {
  const { text, window } = open("");
  await expect.poll(() => text("latest")).toContain("trigger.welcome: welcome");
  expect(window.eval(`document.querySelector("#latest a").getAttribute("href")`)).toBe(
    "/_local/decision?id=dec_1",
  );
});

it.each(["?id=dec_1", "?messageId=msg_1"])(
  "shows at %s what was said and what was not, and why",
  async (query) => {
    const { text, links } = open(query);
    await expect.poll(() => text("decision")).toContain("Nobody said yes.");
    expect(text("decision")).toContain("its condition holds");
    expect(links("#decision")).toEqual(["/_local/customer?ref=cus_1", "/_local/?message=msg_1"]);
  },
);

it("says so where no decision made a message", async () => {
  const { text } = open("?messageId=msg_9");
  await expect.poll(() => text("decision")).toBe("No decision here made that message.");
});
