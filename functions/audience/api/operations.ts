import * as z from "zod/mini";
import { JOB_KINDS, JOB_STATUSES } from "#domain/audience/job.ts";
import { operation } from "#runtime/http/operation.ts";
import { Limit, listOf, Page } from "#runtime/http/paging.ts";
import { name, time } from "#runtime/http/shapes.ts";

const counts = z.record(z.string(), z.int());
const status = z.enum(JOB_STATUSES);
/** ISO-8601 UTC; null: not yet. */
const moment = z.nullable(z.string());
const failures = z.array(z.object({ customerId: z.string(), code: z.string() }));

export const Segment = z.object({
  name: z.string(),
  /** How many are in it; null: they are being counted for the first time. */
  size: z.nullable(z.int()),
  /** When that was counted, ISO-8601 UTC. */
  at: moment,
});
export const Member = z.object({ customerId: z.string() });

/** `18:00`: an hour of each customer's own day. */
const Hour = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "an hour of the day such as 18:00" }));
const share = z.number().check(z.gt(0), z.maximum(1));

type About = { readonly segment?: string; readonly if?: string; readonly placement?: string };
/** Nothing is said but a name: the playbook plans it. */
export const isPlanned = ({ segment, if: condition, placement }: About): boolean =>
  segment === undefined && condition === undefined && placement === undefined;

/** `POST /v1/sends`. */
export const SendRequest = z
  .strictObject({
    name,
    segment: z.exactOptional(name),
    if: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(2_000))),
    placement: z.exactOptional(name),
    at: z.exactOptional(z.union([time, Hour], { error: "a time, or an hour of the day such as 18:00" })),
    rate: z.exactOptional(z.number().check(z.minimum(0.01), z.maximum(10_000))),
    dryRun: z.exactOptional(z.boolean()),
    stopAt: z.exactOptional(
      z.strictObject({ bounced: z.exactOptional(share), complained: z.exactOptional(share) }),
    ),
  })
  .check(
    z.refine((asked) => isPlanned(asked) || (asked.segment === undefined) !== (asked.if === undefined), {
      error: "either segment or if",
      path: ["segment"],
    }),
    z.refine((asked) => isPlanned(asked) || asked.placement !== undefined, {
      error: "the placement to ask",
      path: ["placement"],
    }),
  );
export type SendRequest = z.output<typeof SendRequest>;

export const Send = z.object({
  sendId: z.string(),
  name: z.string(),
  status,
  /** Why it failed; why it was paused, where it paused by itself: `bounced` or `complained`. */
  reason: z.exactOptional(z.string()),
  dryRun: z.boolean(),
  segment: z.exactOptional(z.string()),
  if: z.exactOptional(z.string()),
  placement: z.string(),
  at: z.exactOptional(z.string()),
  rate: z.exactOptional(z.number()),
  /** Customers of its audience that were found so far: all of them once it is done. */
  total: z.int(),
  decided: z.int(),
  /** For whom there is a message. */
  sent: z.int(),
  /** Who gets nothing, by why. */
  refused: counts,
  channels: counts,
  /** What the messages cost, by the costs of their channels in the playbook. */
  cost: z.number(),
  bounced: z.int(),
  complained: z.int(),
  /** With whom something went wrong on our side, and some of them. */
  failed: z.int(),
  failures,
  createdAt: z.string(),
  startedAt: moment,
  finishedAt: moment,
});

export const Job = z.object({
  jobId: z.string(),
  kind: z.enum(JOB_KINDS),
  status,
  reason: z.exactOptional(z.string()),
  /** Customers looked at, of how many as far as is known. */
  done: z.int(),
  total: z.int(),
  failed: z.int(),
  failures,
  createdAt: z.string(),
  startedAt: moment,
  finishedAt: moment,
  /** Read units of the walk over the table. */
  units: z.number(),
});

const stepPreview = z.object({
  journey: z.string(),
  /** As the live version calls it. */
  step: z.string(),
  stay: z.int(),
  /** Put at another step, because theirs is gone. */
  move: z.int(),
  exit: z.int(),
  /** Go on at once, because by the new version their time has come. */
  dueNow: z.int(),
});

export const Preview = z.object({
  previewId: z.string(),
  version: z.string(),
  live: z.string(),
  status,
  reason: z.exactOptional(z.string()),
  /** What publishing takes as `confirm`; null until it is done. */
  token: z.nullable(z.string()),
  /** Customers looked at, of how many as far as is known. */
  done: z.int(),
  total: z.int(),
  journeys: z.array(stepPreview),
  /** At most so many messages are asked for by time alone within the hour. */
  messagesFirstHour: z.int(),
  segments: z.array(
    // biome-ignore lint/suspicious/noThenProperty: the word of the API's promise
    z.object({ name: z.string(), now: z.int(), then: z.int(), of: z.enum(["sample", "all"]) }),
  ),
  /** What the version does away with: `journeys/first-weeks`. */
  removed: z.array(z.string()),
});

const ofSend = {
  scope: "sends",
  audit: "people",
  refuses: [404],
  answers: { 200: Send },
} as const;
/** Whose scope steers a job depends on its kind. */
const ofJob = { scope: "reports:read", audit: "people", refuses: [404], answers: { 200: Job } } as const;

export const operations = {
  listSegments: operation({
    route: "GET /v1/segments",
    scope: "reports:read",
    query: Page,
    refuses: [400],
    answers: { 200: listOf(Segment) },
  }),
  showSegment: operation({
    route: "GET /v1/segments/{name}",
    scope: "reports:read",
    refuses: [404],
    answers: { 200: Segment },
  }),
  listMembers: operation({
    route: "GET /v1/segments/{name}/members",
    scope: "reports:read",
    query: Page,
    refuses: [400, 404],
    answers: { 200: listOf(Member) },
  }),
  createSend: operation({
    route: "POST /v1/sends",
    scope: "sends",
    audit: "people",
    headers: z.object({ "idempotency-key": z.exactOptional(name) }),
    request: SendRequest,
    refuses: [400, 409],
    answers: { 202: z.object({ sendId: z.string() }) },
  }),
  listSends: operation({
    route: "GET /v1/sends",
    scope: "sends",
    query: Page,
    refuses: [400],
    answers: { 200: listOf(Send) },
  }),
  showSend: operation({
    route: "GET /v1/sends/{id}",
    scope: "sends",
    refuses: [404],
    answers: { 200: Send },
  }),
  startSend: operation({ route: "POST /v1/sends/{id}/start", ...ofSend }),
  pauseSend: operation({ route: "POST /v1/sends/{id}/pause", ...ofSend }),
  resumeSend: operation({ route: "POST /v1/sends/{id}/resume", ...ofSend }),
  cancelSend: operation({ route: "POST /v1/sends/{id}/cancel", ...ofSend }),
  beginPreview: operation({
    route: "POST /v1/playbooks/{version}/preview",
    scope: "playbooks:draft",
    audit: "people",
    refuses: [404],
    answers: { 202: z.object({ previewId: z.string() }) },
  }),
  showPreview: operation({
    route: "GET /v1/previews/{id}",
    scope: "playbooks:draft",
    refuses: [404],
    answers: { 200: Preview },
  }),
  listJobs: operation({
    route: "GET /v1/jobs",
    scope: "reports:read",
    query: z.object({
      limit: Limit,
      cursor: z.exactOptional(z.string()),
      kind: z.exactOptional(z.enum(JOB_KINDS)),
    }),
    refuses: [400],
    answers: { 200: listOf(Job) },
  }),
  showJob: operation({
    route: "GET /v1/jobs/{id}",
    scope: "reports:read",
    refuses: [404],
    answers: { 200: Job },
  }),
  pauseJob: operation({ route: "POST /v1/jobs/{id}/pause", ...ofJob }),
  resumeJob: operation({ route: "POST /v1/jobs/{id}/resume", ...ofJob }),
  cancelJob: operation({ route: "POST /v1/jobs/{id}/cancel", ...ofJob }),
};
