import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";
import { Limit, listOf } from "#runtime/http/paging.ts";
import { JsonObject, name, ref } from "#runtime/http/shapes.ts";

const counts = z.record(z.string(), z.int());

const Step = z.object({
  step: z.string(),
  kind: z.string(),
  inside: z.int(),
  /** Since when the one is there who is there longest, ISO-8601 UTC; null: nobody is. */
  oldest: z.nullable(z.string()),
});

export const Journey = z.object({
  journey: z.string(),
  /** It is kept still: nobody goes on. */
  still: z.boolean(),
  /** Who walks through it now; those who are kept out stand under `holdout`. */
  inside: z.int(),
  entered: z.int(),
  /** How often it was left, by how. */
  exited: counts,
  steps: z.array(Step),
  /** The share that is told nothing, and what became of it: for comparison. Absent: there is none. */
  holdout: z.exactOptional(
    z.object({ share: z.number(), inside: z.int(), entered: z.int(), exited: counts }),
  ),
});

export const Run = z.object({
  runId: z.string(),
  customerId: z.string(),
  step: z.string(),
  /** When they came into the journey, and since when they are at the step; ISO-8601 UTC. */
  enteredAt: z.string(),
  since: z.string(),
  /** When something happens by itself. */
  due: z.exactOptional(z.string()),
  pausedAt: z.exactOptional(z.string()),
  /** Of the playbook by which it last moved. */
  version: z.string(),
  /** What rules of the journey read: `entry`, the event that led in, and `choices`, the arms of splits that were taken. */
  vars: JsonObject,
});

const Told = z.object({ runId: z.string() });
const Kept = z.object({ journey: z.string(), still: z.boolean() });
const scope = "journeys";
const audit = "people";
const ofRun = { scope, audit, refuses: [404], answers: { 202: Told } } as const;
const ofJourney = { scope, audit, refuses: [404], answers: { 200: Kept } } as const;

export const operations = {
  listJourneys: operation({ route: "GET /v1/journeys", scope, answers: { 200: listOf(Journey) } }),
  showJourney: operation({
    route: "GET /v1/journeys/{name}",
    scope,
    refuses: [404],
    answers: { 200: Journey },
  }),
  listRuns: operation({
    route: "GET /v1/journeys/{name}/runs",
    scope,
    refuses: [400, 404],
    query: z.object({
      limit: Limit,
      cursor: z.exactOptional(z.string()),
      step: z.exactOptional(z.string()),
      customer: z.exactOptional(ref),
    }),
    answers: { 200: listOf(Run) },
  }),
  startRun: operation({
    route: "POST /v1/journeys/{name}/runs",
    scope,
    audit,
    request: z.object({ customer: ref, key: z.exactOptional(name) }),
    refuses: [400, 404],
    answers: { 202: Told },
  }),
  pauseRun: operation({ route: "POST /v1/journeys/{name}/runs/{runId}/pause", ...ofRun }),
  resumeRun: operation({ route: "POST /v1/journeys/{name}/runs/{runId}/resume", ...ofRun }),
  cancelRun: operation({ route: "POST /v1/journeys/{name}/runs/{runId}/cancel", ...ofRun }),
  moveRun: operation({
    route: "POST /v1/journeys/{name}/runs/{runId}/move",
    scope,
    audit,
    request: z.object({ step: name }),
    refuses: [400, 404],
    answers: { 202: Told },
  }),
  pauseJourney: operation({ route: "POST /v1/journeys/{name}/pause", ...ofJourney }),
  resumeJourney: operation({ route: "POST /v1/journeys/{name}/resume", ...ofJourney }),
};
