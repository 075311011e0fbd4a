import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "Learning", description: "What the hub learnt, and how experiments do." },
  calls: {
    showModels: {
      summary: "What was learnt, by action and channel",
      description: "Evidence, accuracy, calibration and the best predictors.",
      answers: {
        200: {
          model: "mdl_516911d64a431973f99eb05faf",
          learner: "counters",
          cuts: 1,
          predictors: [
            { name: "orders", kind: "number", edges: [1, 3] },
            { name: "device", kind: "text", values: ["phone", "desktop"] },
          ],
          items: [
            {
              action: "welcome",
              channel: "email",
              evidence: 1200,
              positives: 132,
              rate: 0.11,
              auc: 0.64,
              calibration: [{ expected: 0.1, observed: 0.11, evidence: 1200 }],
              predictors: [{ name: "orders", auc: 0.61 }],
            },
          ],
        },
      },
    },
    showExperiments: {
      summary: "How the experiments of the live playbook do",
      description:
        "Uplift over the control with intervals, and whether the groups can be trusted: `mismatch` says that something loses customers.",
      answers: {
        200: {
          items: [
            {
              experiment: "cart wording",
              control: "reminder",
              sampleRatio: { pValue: 0.71, mismatch: false },
              variants: [
                { variant: "reminder", weight: 1, customers: 5012, switched: 3, mean: 0.04, uplift: null },
                {
                  variant: "question",
                  weight: 1,
                  customers: 4987,
                  switched: 2,
                  mean: 0.052,
                  uplift: {
                    difference: 0.012,
                    relative: 0.3,
                    fixed: { low: 0.004, high: 0.02 },
                    anytime: { low: 0.001, high: 0.023 },
                    pValue: 0.004,
                    decided: true,
                  },
                },
              ],
            },
          ],
        },
      },
    },
  },
};
