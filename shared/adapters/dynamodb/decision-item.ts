import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Decision, Rejection } from "../../domain/decision/types.ts";
import type { JsonObject } from "../../domain/profile/types.ts";

/** A decision in the history table. `placement` is an attribute because the timeline shows it; the rest is one JSON text. */
export type DecisionItem = Record<string, AttributeValue>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A rejection as a row: a hundred of them in an item cost less without names. */
const Row = z.tuple([
  z.string(),
  z.enum(["eligibility", "policy", "arbitration", "channel"]),
  z.enum([
    "rule",
    "consent",
    "suppressed",
    "quiet-hours",
    "cap",
    "cool-down",
    "stock",
    "no-address",
    "outranked",
    "holdout",
  ]),
  z.nullable(z.string()),
]);
const Chosen = z.object({
  action: z.string(),
  treatment: z.string(),
  channel: z.exactOptional(z.string()),
  content: z.exactOptional(z.custom<JsonObject>(isObject)),
  rank: z.number(),
  score: z.number(),
  propensity: z.number(),
  value: z.number(),
  reasons: z.array(z.string()),
  probability: z.number(),
  draw: z.exactOptional(z.number()),
  pick: z.exactOptional(z.number()),
  heldUntil: z.exactOptional(z.string()),
  sendAt: z.exactOptional(z.string()),
});
const Body = z.object({
  ref: z.exactOptional(z.string()),
  playbook: z.string(),
  at: z.string(),
  trigger: z.exactOptional(z.string()),
  eventId: z.exactOptional(z.string()),
  depth: z.number(),
  actions: z.array(Chosen),
  experiments: z.exactOptional(z.record(z.string(), z.string())),
  learning: z.exactOptional(
    z.object({
      model: z.string(),
      values: z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])),
      approximate: z.exactOptional(z.boolean()),
    }),
  ),
  rejected: z.array(Row),
  checks: z.array(z.string()),
});

const toRow = ({ action, stage, reason, by }: Rejection): z.infer<typeof Row> => [
  action,
  stage,
  reason,
  by ?? null,
];
const fromRow = ([action, stage, reason, by]: z.infer<typeof Row>): Rejection => ({
  action,
  stage,
  reason,
  ...(by === null ? {} : { by }),
});

/** `messageIds`: the messages written with it, found again on a retry. */
export const toDecisionItem = (decision: Decision, messageIds: readonly string[]): DecisionItem => {
  const { decisionId, customerId, placement, dryRun: _, rejected, ...rest } = decision;
  return {
    pk: { S: decisionId },
    kind: { S: "decision" },
    ...(customerId === null ? {} : { customerId: { S: customerId } }),
    at: { S: `${decision.at}#${decisionId}` },
    placement: { S: placement },
    ...(messageIds.length === 0 ? {} : { messages: { L: messageIds.map((id) => ({ S: id })) } }),
    body: { S: JSON.stringify({ ...rest, rejected: rejected.map(toRow) }) },
  };
};

/** @throws ZodError when the item is not one that `toDecisionItem` wrote */
export const fromDecisionItem = (item: DecisionItem): Decision => {
  const { rejected, ...body } = z.parse(Body, JSON.parse(item.body?.S ?? "null"));
  return {
    ...body,
    decisionId: item.pk?.S ?? "",
    customerId: item.customerId?.S ?? null,
    placement: item.placement?.S ?? "",
    dryRun: false,
    rejected: rejected.map(fromRow),
  };
};

export const messageIdsOf = (item: DecisionItem): string[] =>
  (item.messages?.L ?? []).flatMap((id) => (id.S === undefined ? [] : [id.S]));
