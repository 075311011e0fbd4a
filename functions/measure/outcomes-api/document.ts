import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "Outcomes", description: "What came of what was decided." },
  calls: {
    reportOutcome: {
      summary: "Report what came of an action that was decided",
      description:
        "Any name is taken. Of one that nothing in the live playbook knows nothing will come: the answer warns of it.",
      request: {
        decisionId: "dec_01m8n9tw0bpbavbd07s6ab4b04",
        action: "hero-first-order",
        outcome: "clicked",
      },
      answers: { 202: { accepted: true } },
    },
  },
};
