import * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { operation } from "#runtime/http/operation.ts";
import { JsonObject, name, time } from "#runtime/http/shapes.ts";

/** One customer to try a playbook on; nobody's name is needed. */
const Profile = z.strictObject({
  traits: z.exactOptional(JsonObject),
  computed: z.exactOptional(JsonObject),
  segments: z.exactOptional(z.array(name).check(z.maxLength(200))),
  channels: z.exactOptional(z.array(name).check(z.maxLength(20))),
  consent: z.exactOptional(
    z.array(
      z.strictObject({
        channel: name,
        topic: name,
        status: z.enum(["granted", "withdrawn", "pending"]),
        kind: z.enum(["express", "implied"]),
      }),
    ),
  ),
  context: z.exactOptional(JsonObject),
  event: z.exactOptional(z.strictObject({ name, properties: JsonObject })),
});

/** `POST /v1/playbooks/{version}/simulate`: logged decisions of a time, or a list of profiles at placements. */
export const SimulationRequest = z
  .strictObject({
    from: z.exactOptional(time),
    to: z.exactOptional(time),
    placement: z.exactOptional(name),
    profiles: z.exactOptional(z.array(Profile).check(z.minLength(1), z.maxLength(10_000))),
    placements: z.exactOptional(z.array(name).check(z.minLength(1), z.maxLength(20))),
    goal: z.exactOptional(
      z.strictObject({
        outcome: name,
        days: z.exactOptional(z.number().check(z.gt(0), z.maximum(90))),
        value: z.exactOptional(z.boolean()),
      }),
    ),
  })
  .check(
    z.refine((request) => (request.profiles === undefined) === (request.placements === undefined), {
      error: "profiles and placements together",
      path: ["placements"],
    }),
    z.refine(
      ({ profiles, from, to, placement, goal }) =>
        profiles === undefined || [from, to, placement, goal].every((member) => member === undefined),
      { error: "either profiles, or a part of the log (from, to, placement, goal)", path: ["profiles"] },
    ),
  );
export type SimulationRequest = z.output<typeof SimulationRequest>;

const beforeAfter = { before: z.int(), after: z.int() };
const rejection = z.object({ stage: z.string(), reason: z.string(), ...beforeAfter });
const interval = z.object({
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
});

const Report = z.object({
  decisions: z.int(),
  changed: z.int(),
  skipped: z.record(z.string(), z.int()),
  nothing: z.object(beforeAfter),
  actions: z.array(z.object({ action: z.string(), ...beforeAfter })),
  channels: z.array(z.object({ channel: z.string(), ...beforeAfter })),
  segments: z.array(z.object({ segment: z.string(), decisions: z.int(), changed: z.int(), ...beforeAfter })),
  policyRejections: z.array(rejection),
  otherRejections: z.array(rejection),
  moves: z.array(z.object({ from: z.string(), to: z.string(), decisions: z.int() })),
  examples: z.array(z.string()),
  tables: z.array(
    z.object({
      file: z.string(),
      decision: z.string(),
      table: z.optional(z.string()),
      asked: z.int(),
      rows: z.array(z.object({ row: z.int(), decisions: z.int() })),
      partial: z.boolean(),
    }),
  ),
  estimate: z.nullable(
    z.object({
      samples: z.int(),
      effectiveSamples: z.number(),
      largestWeight: z.number(),
      overlap: z.number(),
      logged: interval,
      inversePropensity: interval,
      selfNormalised: interval,
      doublyRobust: interval,
      warnings: z.array(
        z.enum(["few-samples", "few-effective", "one-dominates", "few-outcomes", "no-overlap"]),
      ),
    }),
  ),
});

export const Simulation = z.object({
  simulationId: z.string(),
  version: z.string(),
  live: z.string(),
  status: z.enum(["running", "done", "failed"]),
  reason: z.optional(z.string()),
  progress: z.object({ share: z.number(), decisions: z.int(), bytes: z.int(), steps: z.int() }),
  createdAt: z.string(),
  updatedAt: z.string(),
  report: Report,
});

const scope = "playbooks:draft";

export const operations = {
  simulate: operation({
    route: "POST /v1/playbooks/{version}/simulate",
    audit: "people",
    scope,
    refuses: [404],
    // No body asks for all decisions of the last days.
    request: z.prefault(SimulationRequest, {}),
    maxBytes: BOUNDS.simulationBytes,
    answers: { 202: z.object({ simulationId: z.string() }) },
  }),
  showSimulation: operation({
    route: "GET /v1/simulations/{id}",
    scope,
    refuses: [404],
    answers: { 200: Simulation },
  }),
};
