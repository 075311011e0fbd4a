import * as z from "zod/mini";
import { ChosenAction, Score } from "#domain/records/chosen-action.ts";
import { REJECTION_REASONS, STAGES } from "#domain/records/decision.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Operation } from "#runtime/http/operation.ts";
import { DecisionRequest } from "./request.ts";

const json: z.ZodMiniType<JsonObject> = z.record(z.string(), z.json());
/** Stored content is taken as it was written; to clients it is shown in full. */
const Chosen = z.extend(ChosenAction, { content: z.optional(json) });
const Rejected = z.object({
  action: z.string(),
  stage: z.enum(STAGES),
  reason: z.enum(REJECTION_REASONS),
  by: z.optional(z.string()),
  factors: z.optional(Score),
  interruption: z.optional(z.object({ channel: z.string(), cost: z.number(), minimum: z.number() })),
  detail: z.string(),
});
/** One decision as answered. `customerId` is null when nobody we know was asked about. */
export const DecisionAnswer = z.object({
  decisionId: z.string(),
  customerId: z.nullable(z.string()),
  placement: z.string(),
  playbook: z.string(),
  at: z.string(),
  dryRun: z.boolean(),
  trigger: z.optional(z.string()),
  eventId: z.optional(z.string()),
  actions: z.array(Chosen),
  rejected: z.optional(z.array(Rejected)),
  checks: z.optional(z.array(z.string())),
  /** A sentence to read out. */
  explanation: z.optional(z.string()),
  /** Hash of what the playbook learns from; absent where it does not learn. */
  model: z.optional(z.string()),
  /** When what was learnt was read: outcomes told until then count. Absent: nothing had been. */
  modelAsOf: z.optional(z.string()),
  /** True: the probabilities come from a numerical integration (Thompson sampling). */
  approximate: z.optional(z.boolean()),
  /** Experiment -> the customer's variant, of those that ran here. */
  experiments: z.optional(z.record(z.string(), z.string())),
});
export type DecisionAnswer = z.output<typeof DecisionAnswer>;

export const operations: readonly Operation[] = [
  {
    route: "POST /v1/decisions",
    summary: "Decide what to say, offer or do now, for one placement or several",
    scope: "decide",
    request: DecisionRequest,
    answers: { 200: z.union([DecisionAnswer, z.object({ decisions: z.array(DecisionAnswer) })]) },
  },
  {
    route: "GET /v1/decisions/{id}",
    summary: "The record of a decision, with every action considered and why it was not chosen",
    scope: "decide",
    answers: { 200: DecisionAnswer },
  },
];
