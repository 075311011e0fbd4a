import * as z from "zod/mini";
import { DIMENSIONS } from "#domain/report/table.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { time } from "#runtime/http/shapes.ts";

const share = z.number();

/** How well each action on each channel is known. */
const Arms = z.array(
  z.object({
    action: z.string(),
    channel: z.string(),
    evidence: z.number(),
    positives: z.number(),
    rate: share,
    auc: z.nullable(share),
    calibration: z.array(z.object({ expected: share, observed: share, evidence: z.number() })),
    predictors: z.array(z.object({ name: z.string(), auc: share })),
    /** Of the learner `auto`: whom it follows for this action on this channel, and why. */
    learner: z.optional(
      z.object({
        follows: z.enum(["counters", "linear", "both"]),
        /** `own`: by its own observations; `all`: by those of all actions, as its own do not suffice yet. */
        because: z.enum(["own", "all", "undecided"]),
        /** How much counters count, 0 to 1; the linear learner counts the rest. */
        share,
        /** Standard deviations by which counters foresaw better than the linear learner; negative: worse. */
        ahead: z.number(),
        aheadOverAll: z.number(),
        /** Mean squared error of what each expected when choices were made; null before any was foreseen by both. */
        errors: z.nullable(z.object({ counters: z.number(), linear: z.number() })),
      }),
    ),
  }),
);

/** `GET /v1/models`. */
export const Models = z.object({
  /** Null when the live playbook does not learn. */
  model: z.nullable(z.string()),
  learner: z.nullable(z.enum(["auto", "counters", "linear"])),
  /** How many times bins were cut: 0 while the first sample is gathered. */
  cuts: z.int(),
  predictors: z.array(
    z.object({
      name: z.string(),
      kind: z.nullable(z.enum(["number", "text"])),
      edges: z.optional(z.array(z.number())),
      values: z.optional(z.array(z.string())),
    }),
  ),
  items: Arms,
  /** What pages taught that asked for visitors, by a public key; it decides for visitors alone. */
  visitors: z.object({ cuts: z.int(), items: Arms }),
});
export type Models = z.output<typeof Models>;

const Interval = z.nullable(z.object({ low: z.number(), high: z.number() }));

/** `GET /v1/experiments`. `anytime` holds however often one looks, `fixed` for one look at the planned end. */
export const Experiments = z.object({
  items: z.array(
    z.object({
      experiment: z.string(),
      control: z.string(),
      /** `mismatch`: the groups do not have the sizes they should; something loses customers, trust no difference. */
      sampleRatio: z.object({ pValue: z.number(), mismatch: z.boolean() }),
      variants: z.array(
        z.object({
          variant: z.string(),
          weight: z.number(),
          customers: z.int(),
          /** Of these had been given another variant too, before it was known that they are one person. */
          switched: z.int(),
          mean: z.number(),
          uplift: z.nullable(
            z.object({
              difference: z.number(),
              relative: z.nullable(z.number()),
              fixed: Interval,
              anytime: Interval,
              pValue: z.number(),
              decided: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type Experiments = z.output<typeof Experiments>;

const by = z.optional(
  z.string().check(
    z.regex(new RegExp(`^(${DIMENSIONS.join("|")})(,(${DIMENSIONS.join("|")}))?$`), {
      error: `one or two of ${DIMENSIONS.join(", ")}, with a comma between`,
    }),
  ),
);
const day = z.optional(
  z.union([z.iso.date(), time], {
    error: "a day such as 2026-11-30, or a time such as 2026-11-30T09:30:00Z",
  }),
);
const count = z.int();

const names = {
  action: z.exactOptional(z.string()),
  treatment: z.exactOptional(z.string()),
  channel: z.exactOptional(z.string()),
  placement: z.exactOptional(z.string()),
  segment: z.exactOptional(z.string()),
};

/** `GET /v1/reports`. Days are those of the brand's calendar. */
const ReportQuery = z.extend(Page, { from: day, to: day, by });
export const Report = z.extend(
  listOf(
    z.object({
      /** The names asked for, with a comma between two. */
      key: z.string(),
      day: z.string(),
      ...names,
      decided: count,
      sent: count,
      delivered: count,
      opened: count,
      clicked: count,
      converted: count,
      value: z.number(),
      /** Every other outcome, by its name. */
      outcomes: z.record(z.string(), count),
    }),
  ),
  {
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    /** Nobody was contacted. */
    refused: z.array(z.object({ day: z.string(), placement: z.string(), reason: z.string(), count })),
    /** With the first page, where the days hold it; it begins with the slice of ten minutes named by `since`. */
    lastHour: z.nullable(
      z.object({
        since: z.string(),
        items: z.array(
          z.object({
            key: z.string(),
            ...names,
            decided: count,
            sent: count,
            delivered: count,
            clicked: count,
          }),
        ),
        refused: z.array(z.object({ placement: z.string(), reason: z.string(), count })),
      }),
    ),
    /** Experiments in which some are left alone, whatever the days. */
    uplift: Experiments.shape.items,
  },
);
export type Report = z.output<typeof Report>;

/** `GET /v1/providers`. What was counted is of the last minute. */
export const Providers = z.object({
  items: z.array(
    z.object({
      provider: z.string(),
      /** Whose account of ours there: `default` where nobody named one. */
      account: z.string(),
      channel: z.string(),
      /** `open`: it is left alone, and tried by single messages. `failing`: a twentieth of its calls or more fail. */
      health: z.enum(["ok", "failing", "open"]),
      /** Of its calls those that failed, 0 to 1. */
      share,
      asked: z.int(),
      accepted: z.int(),
      /** What it answered else, refusals of recipients among it. */
      errors: z.record(z.string(), z.int()),
      /** Null: it was not asked. */
      p95Ms: z.nullable(z.number()),
      /** Of what it accepted, by the channel's `cost`. */
      cost: z.number(),
      /** Whether the live playbook names it. */
      routed: z.boolean(),
    }),
  ),
});

export const operations = {
  showReport: operation({
    route: "GET /v1/reports",
    scope: "reports:read",
    query: ReportQuery,
    answers: { 200: Report },
  }),
  listProviders: operation({
    route: "GET /v1/providers",
    scope: "reports:read",
    answers: { 200: Providers },
  }),
  showModels: operation({ route: "GET /v1/models", scope: "decide", answers: { 200: Models } }),
  showExperiments: operation({
    route: "GET /v1/experiments",
    scope: "decide",
    answers: { 200: Experiments },
  }),
};
