import * as z from "zod/mini";
import { ChosenAction } from "#domain/records/chosen-action.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { JsonObject } from "#kernel/json.ts";
import { attributes, type Item } from "../requests/items.ts";
import { type Listed, namesByPlace, packRejections, unpackRejections } from "./considered.ts";

/*
 * A decision in the history table. `placement` is an attribute because the timeline shows it; the choice is
 * one JSON text, what was considered beside it one compressed attribute.
 */

const Body = z.object({
  ref: z.exactOptional(z.string()),
  playbook: z.string(),
  at: z.string(),
  trigger: z.exactOptional(z.string()),
  eventId: z.exactOptional(z.string()),
  anewOf: z.exactOptional(z.string()),
  depth: z.number(),
  actions: z.array(ChosenAction),
  experiments: z.exactOptional(z.record(z.string(), z.string())),
  learning: z.exactOptional(
    z.object({
      model: z.string(),
      asOf: z.exactOptional(z.string()),
      values: z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])),
      foreseen: z.exactOptional(z.record(z.string(), z.tuple([z.number(), z.number()]))),
      approximate: z.exactOptional(z.boolean()),
    }),
  ),
  segments: z.exactOptional(z.array(z.string())),
  timeZone: z.exactOptional(z.string()),
  checks: z.array(z.string()),
});

/** `messageIds`: the messages written with it, found again on a retry. */
export const toDecisionItem = (decision: Decision, messageIds: readonly string[]): Item => {
  const { decisionId, customerId, placement, dryRun: _, rejected, ...rest } = decision;
  return attributes({
    pk: decisionId,
    kind: "decision",
    customerId: customerId ?? undefined,
    at: `${decision.at}#${decisionId}`,
    placement,
    messages: messageIds.length === 0 ? undefined : messageIds,
    body: JSON.stringify(rest),
    considered: rejected.length === 0 ? undefined : packRejections(rejected),
  });
};

const Chosen = z.object({ actions: z.array(z.object({ action: z.string() })) });

/** The contract's timeline entry of a decision: what was chosen, without all that was considered. */
export const decisionTimelineEntry = (item: Item): JsonObject => {
  const id = item.pk?.S ?? "";
  const at = item.at?.S ?? "";
  const { actions } = z.parse(Chosen, JSON.parse(item.body?.S ?? "null"));
  return {
    id,
    kind: "decision",
    at: at.slice(0, at.indexOf("#")),
    decisionId: id,
    placement: item.placement?.S ?? "",
    actions: actions.map(({ action }) => action),
  };
};

/** Reads a version by its name: records of release 0.1 name its actions by their places. */
export type ReadVersion = (version: string) => Promise<{ readonly actions: Listed }>;

/**
 * `actions`: of the version that decided, where a record of release 0.1 is to name what else was considered.
 * @throws ZodError when the item is not one that `toDecisionItem` wrote
 */
export const fromDecisionItem = (item: Item, actions?: Listed): Decision => {
  const body = z.parse(Body, JSON.parse(item.body?.S ?? "null"));
  const packed = item.considered?.B;
  return {
    ...body,
    decisionId: item.pk?.S ?? "",
    customerId: item.customerId?.S ?? null,
    placement: item.placement?.S ?? "",
    dryRun: false,
    rejected: packed === undefined ? [] : unpackRejections(packed, actions),
  };
};

/** As `fromDecisionItem`, with the names that a record of release 0.1 left to the version. */
export const namedDecision = async (item: Item, readVersion: ReadVersion): Promise<Decision> => {
  const decision = fromDecisionItem(item);
  const packed = item.considered?.B;
  if (packed === undefined || !namesByPlace(packed)) return decision;
  return fromDecisionItem(item, (await readVersion(decision.playbook)).actions);
};

export const messageIdsOf = (item: Item): string[] =>
  (item.messages?.L ?? []).flatMap((id) => (id.S === undefined ? [] : [id.S]));
