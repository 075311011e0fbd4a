import * as z from "zod/mini";
import { ChosenAction, Score } from "#domain/records/chosen-action.ts";
import { REJECTION_REASONS, STAGES } from "#domain/records/decision.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name, ref } from "#runtime/http/shapes.ts";

/** `POST /v1/decisions`: one placement, or several. */
export const DecisionRequest = z
  .object({
    customer: ref,
    placement: z.optional(name),
    placements: z.optional(z.array(name).check(z.minLength(1), z.maxLength(20))),
    channel: z.optional(name),
    context: z.optional(JsonObject),
    data: z.optional(JsonObject),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
    dryRun: z.optional(z.boolean()),
    /** Another version than the live one, to see what it would decide: with `dryRun` alone. */
    playbook: z.optional(name),
    explain: z.optional(z.boolean()),
  })
  .check(
    z.refine((request) => (request.placement === undefined) !== (request.placements === undefined), {
      error: "placement or placements, one of the two",
      path: ["placement"],
    }),
    z.refine((request) => request.playbook === undefined || request.dryRun === true, {
      error: "the live playbook, where it is no dry run",
      path: ["playbook"],
    }),
  );
export type DecisionRequest = z.output<typeof DecisionRequest>;

/** Stored content is taken as it was written; to clients it is shown in full. */
const Chosen = z.extend(ChosenAction, { content: z.optional(JsonObject) });
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
  /** The decision that was held, of which this is made anew. */
  anewOf: z.optional(z.string()),
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

export const operations = {
  decide: operation({
    route: "POST /v1/decisions",
    scope: "decide",
    request: DecisionRequest,
    refuses: [404],
    answers: { 200: z.union([DecisionAnswer, z.object({ decisions: z.array(DecisionAnswer) })]) },
  }),
  showDecision: operation({
    route: "GET /v1/decisions/{id}",
    scope: "decide",
    refuses: [404],
    answers: { 200: DecisionAnswer },
  }),
};
