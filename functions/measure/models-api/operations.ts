import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";

const share = z.number();

/** `GET /v1/models`: how well each action on each channel is known. */
export const Models = z.object({
  /** Null when the live playbook does not learn. */
  model: z.nullable(z.string()),
  learner: z.nullable(z.enum(["counters", "linear"])),
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
  items: z.array(
    z.object({
      action: z.string(),
      channel: z.string(),
      evidence: z.number(),
      positives: z.number(),
      rate: share,
      auc: z.nullable(share),
      calibration: z.array(z.object({ expected: share, observed: share, evidence: z.number() })),
      predictors: z.array(z.object({ name: z.string(), auc: share })),
    }),
  ),
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

export const operations = {
  showModels: operation({ route: "GET /v1/models", scope: "decide", answers: { 200: Models } }),
  showExperiments: operation({
    route: "GET /v1/experiments",
    scope: "decide",
    answers: { 200: Experiments },
  }),
};
