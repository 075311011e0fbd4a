import type { Described } from "#runtime/http/described.ts";
import { PAGE } from "#runtime/http/paging.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: {
    name: "Learning",
    description:
      "What was decided and what came of it, what the hub learnt, and how experiments and providers do.",
  },
  calls: {
    showReport: {
      summary: "What was decided and what came of it, by day",
      description:
        "Each choice counts once an outcome, on the day it happened by the brand's calendar; openings and clicks of machines do not. `value` adds up what outcomes reported, and the `revenue` of conversions. `refused` tells why nobody was contacted, each reason once a decision; `lastHour` what happened since a moment an hour ago (where the days hold it, with the first page); `uplift` how experiments with a holdout do, whatever the days.",
      query: {
        ...PAGE,
        from: {
          about: "The first day, or a moment of it; six days before the last by default",
          example: "2026-11-24",
        },
        to: {
          about: "The last day, or a moment of it; today by default. At most 366 days in all",
          example: "2026-11-30",
        },
        by: {
          about:
            "What lines are for: one or two of action, channel, placement, segment and treatment, with a comma between. By segment only those count that the playbook reports (`report: true`), and a customer who is in two counts in both",
          example: "action,channel",
        },
      },
      answers: {
        200: {
          from: "2026-11-24",
          to: "2026-11-30",
          timeZone: "Europe/Berlin",
          items: [
            {
              key: "cart-reminder,email",
              day: "2026-11-30",
              action: "cart-reminder",
              channel: "email",
              decided: 120,
              sent: 118,
              delivered: 117,
              opened: 61,
              clicked: 24,
              converted: 9,
              value: 431.5,
              outcomes: { bounced: 1, "Order Completed": 9 },
            },
          ],
          cursor: null,
          refused: [{ day: "2026-11-30", placement: "trigger.cart-abandoned", reason: "cap", count: 14 }],
          lastHour: {
            since: "2026-11-30T08:30:00.000Z",
            items: [
              {
                key: "cart-reminder,email",
                action: "cart-reminder",
                channel: "email",
                decided: 9,
                sent: 9,
                delivered: 8,
                clicked: 1,
              },
            ],
            refused: [{ placement: "trigger.cart-abandoned", reason: "cap", count: 2 }],
          },
          uplift: [],
        },
      },
    },
    listProviders: {
      summary: "How the providers answer, of each account and channel",
      description:
        "Those that the live playbook names, and whoever else sent within the last minute; what is counted is of that minute. A refusal of a recipient is an answer, and no failure.",
      answers: {
        200: {
          items: [
            {
              provider: "ses",
              account: "default",
              channel: "email",
              health: "open",
              share: 0.95,
              asked: 20,
              accepted: 1,
              errors: { unavailable: 19 },
              p95Ms: 200,
              cost: 0,
              routed: true,
            },
          ],
        },
      },
    },
    showModels: {
      summary: "What was learnt, by action and channel",
      description:
        "Evidence, accuracy, calibration, the best predictors, and which of two learners is followed; `visitors`: the same of what pages taught by a public key.",
      answers: {
        200: {
          model: "mdl_516911d64a431973f99eb05faf",
          learner: "auto",
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
              learner: {
                follows: "linear",
                because: "own",
                share: 0,
                ahead: -5.2,
                aheadOverAll: -7.9,
                errors: { counters: 0.0964, linear: 0.0921 },
              },
            },
          ],
          visitors: { cuts: 0, items: [] },
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
