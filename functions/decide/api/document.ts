import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const decision = {
  decisionId: "dec_01m8n9tw0bpbavbd07s6ab4b04",
  customerId: "cus_01m8n9ts79gbsj9n767vvqrpa4",
  placement: "web.home.hero",
  playbook: "pb_d729afc85061d9129b8e822ceb",
  at: "2026-11-30T09:30:00.000Z",
  dryRun: false,
  actions: [
    {
      action: "hero-first-order",
      treatment: "hero-first-order",
      channel: "web",
      content: { headline: "The first parcel travels free", button: "Find your coffee" },
      rank: 1,
      score: 0.16,
      propensity: 0.04,
      value: 4,
      reasons: ["its condition holds"],
      probability: 1,
    },
  ],
};
const rejected = [
  {
    action: "hero-vip-evening",
    stage: "eligibility",
    reason: "rule",
    by: "1",
    detail: 'It is for the segment "vip", and the customer is not in it.',
  },
] as const;

export const described: Described<typeof operations> = {
  tag: { name: "Decisions", description: "What to say, offer or do, and why." },
  calls: {
    decide: {
      summary: "Decide what to say, offer or do now",
      description:
        "For one `placement`, or for several `placements`, which are answered as `decisions`. A dry run records nothing; `explain` adds what was not chosen, and why.",
      request: { customer: "userId:kim", placement: "web.home.hero", context: { device: "phone" } },
      answers: { 200: decision },
    },
    showDecision: {
      summary: "The record of a decision",
      description: "With every action that was considered, and why it was not chosen.",
      params: { id: { about: "The decisionId of an answer", example: decision.decisionId } },
      answers: { 200: { ...decision, rejected, explanation: "It is allowed, and worth most." } },
    },
  },
};
