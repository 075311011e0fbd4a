import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod/mini";
import type { Figures } from "./port.ts";
import { ALARM_METRIC, OWN_METRIC, STANDING } from "./prices.ts";

const Resource = z.object({ Type: z.string(), Properties: z.optional(z.record(z.string(), z.unknown())) });
const Template = z.object({ Resources: z.optional(z.record(z.string(), Resource)) });
type Resource = z.output<typeof Resource>;

/** Deploy, story and destroy take less; a run that hangs is to fit too. */
const HOURS = 2;
const HOURS_A_MONTH = 730;
/** Metrics of the hub's own that one story can make, and messages beside those that are counted. */
const OWN_METRICS = 40;
/** CloudFormation, the waiting of the caller, and what functions do once they are warm: as often as the story itself. */
const TIMES_THE_STORY = 20;

export type Plan = {
  readonly stage: string;
  readonly stacks: readonly { readonly name: string; readonly resources: number }[];
  /** Type -> how many. */
  readonly resources: Readonly<Record<string, number>>;
  readonly hours: number;
  readonly standing: readonly { readonly what: string; readonly count: number; readonly dollars: number }[];
  /** Of what is asked while the story is played. */
  readonly used: { readonly requests: number; readonly dollars: number };
  readonly dollars: number;
};

/** Metrics that an alarm looks at: its own, or those of its expression. */
const metricsOf = ({ Properties: { Metrics } = {} }: Resource): number =>
  Array.isArray(Metrics)
    ? Metrics.filter((one) => typeof one === "object" && one !== null && "MetricStat" in one).length
    : 1;

/**
 * What a run would make and cost, from the templates of an assembly.
 * @param folder a synthesized CDK app
 * @param told what the same story used in the local cloud
 */
export const planOf = (folder: string, stage: string, told: Figures): Plan => {
  const templates = globSync("*.template.json", { cwd: folder })
    .toSorted()
    .map((file) => ({
      name: basename(file, ".template.json"),
      resources: Object.values(
        Template.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))).Resources ?? {},
      ),
    }));
  const all = templates.flatMap(({ resources }) => resources);
  const counts = new Map<string, number>();
  for (const { Type } of all) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const alarms = all.filter(({ Type }) => Type === "AWS::CloudWatch::Alarm");
  const share = HOURS / HOURS_A_MONTH;
  const line = (what: string, count: number, aMonth: number) => ({
    what,
    count,
    dollars: count * aMonth * share,
  });
  const standing = [
    ...Object.entries(STANDING).map(([type, aMonth]) => line(type, counts.get(type) ?? 0, aMonth)),
    line(
      "metrics that alarms look at",
      alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
      ALARM_METRIC,
    ),
    line("metrics of the hub's own", OWN_METRICS, OWN_METRIC),
  ].filter(({ count }) => count > 0);
  const used = {
    requests: ((told.requestsByFunctions ?? 0) + (told.requestsByServices ?? 0)) * TIMES_THE_STORY,
    dollars: (told.dollars ?? 0) * TIMES_THE_STORY,
  };
  return {
    stage,
    stacks: templates.map(({ name, resources }) => ({ name, resources: resources.length })),
    resources: Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    hours: HOURS,
    standing,
    used,
    dollars: standing.reduce((sum, { dollars }) => sum + dollars, used.dollars),
  };
};

/** A plan in lines for a terminal. */
export const planLines = (plan: Plan): readonly string[] => {
  const dollars = (value: number): string => `$${value.toFixed(4)}`;
  const total = plan.stacks.reduce((sum, { resources }) => sum + resources, 0);
  return [
    `This would make ${plan.stacks.length} stacks with ${total} resources of the stage "${plan.stage}", and take all of them away:`,
    ...plan.stacks.map(({ name, resources }) => `  ${name.padEnd(48)} ${String(resources).padStart(4)}`),
    "By type:",
    ...Object.entries(plan.resources).map(
      ([type, count]) => `  ${type.padEnd(48)} ${String(count).padStart(4)}`,
    ),
    `Cost at list prices of us-east-1, free tiers left out, standing for ${plan.hours} hours (what is not named here is free or paid by use):`,
    ...plan.standing.map(
      ({ what, count, dollars: cost }) => `  ${`${count} x ${what}`.padEnd(48)} ${dollars(cost)}`,
    ),
    `  ${`${plan.used.requests} requests, ${TIMES_THE_STORY} times the local story's`.padEnd(48)} ${dollars(plan.used.dollars)}`,
    `  ${"together".padEnd(48)} ${dollars(plan.dollars)}`,
    "The data key then waits to be deleted, for nothing. What `cdk bootstrap` made stays.",
  ];
};
