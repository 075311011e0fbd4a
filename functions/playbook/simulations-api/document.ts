import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const simulationId = "sim_01m8n9tzbk62wkrfe96sk1z38c";

export const described: Described<typeof operations> = {
  tag: { name: "Simulations", description: "What another playbook would have decided." },
  calls: {
    simulate: {
      summary: "Try a version on logged decisions, or on a list of profiles",
      description: "Without a body: on all decisions of the last seven days.",
      params: { version: { about: "The version to try, or `current`", example: "current" } },
      request: {
        profiles: [{ traits: { firstName: "Kim" }, segments: ["vip"], channels: ["email"] }],
        placements: ["web.home.hero"],
      },
      answers: { 202: { simulationId } },
    },
    showSimulation: {
      summary: "How far a simulation is, and what it has found so far",
      params: { id: { about: "The simulationId that the request was answered with", example: simulationId } },
      answers: {
        200: {
          simulationId,
          version: "pb_d729afc85061d9129b8e822ceb",
          live: "pb_d729afc85061d9129b8e822ceb",
          status: "done",
          progress: { share: 1, decisions: 1, bytes: 0, steps: 1 },
          createdAt: "2026-11-30T09:30:00.000Z",
          updatedAt: "2026-11-30T09:30:01.000Z",
          report: {
            decisions: 1,
            changed: 0,
            skipped: {},
            nothing: { before: 0, after: 0 },
            actions: [{ action: "hero-first-order", before: 1, after: 1 }],
            channels: [{ channel: "web", before: 1, after: 1 }],
            segments: [{ segment: "vip", decisions: 1, changed: 0, before: 1, after: 1 }],
            policyRejections: [],
            otherRejections: [{ stage: "eligibility", reason: "rule", before: 4, after: 4 }],
            moves: [],
            examples: [],
            tables: [
              {
                file: "decisions/discount.dmn",
                decision: "Discount band",
                table: "bands",
                asked: 1,
                rows: [{ row: 3, decisions: 1 }],
                partial: false,
              },
            ],
            estimate: null,
          },
        },
      },
    },
  },
};
