import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const item = {
  placement: "web.home.hero",
  decisionId: "dec_01m8n9tw0bpbavbd07s6ab4b04",
  action: "hero-new-roast",
  content: { headline: "New this month: Yirgacheffe", button: "Taste it" },
  token: "AUgq2mLrCgkDkz0yqzGQ1uYtZbYl1V8n0hGJ1Yx1cC0q3oQx9mSg7w",
};

export const described: Described<typeof operations> = {
  tag: {
    name: "Slots",
    description:
      "For pages and apps that ask by themselves, with a write key: what to show, and nothing else.",
  },
  calls: {
    decideSlots: {
      summary: "Decide what a page shows now",
      description:
        "For placements that the playbook calls public. A `userId` counts with a proof of your server's; without one that holds, it is the visitor who is decided about.",
      request: { anonymousId: "b7a3c0de", placements: ["web.home.hero"], context: { device: "phone" } },
      answers: { 200: { items: [item] } },
    },
    reportSlotOutcome: {
      summary: "Tell what came of it",
      description: "Each counts once, however often it is told.",
      params: { token: { about: "The token of an item", example: item.token } },
      request: { outcome: "seen" },
      answers: { 202: { accepted: true } },
    },
  },
};
