import type { JsonObject } from "#kernel/json.ts";
import type { Resource } from "../assembly/resolve-stacks.ts";
import { numberAt, objectAt, objectsAt, textAt } from "../aws/json.ts";
import { compileExpression, type Expression } from "./expression.ts";

/** A metric as an alarm names it. */
export type MetricId = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
};
export type Statistic = "Sum" | "Maximum";
export type Measured = {
  readonly metric: MetricId;
  readonly statistic: Statistic;
  readonly periodMinutes: number;
};
export type AlarmSettings = {
  readonly name: string;
  readonly description: string;
  /** By what the expression calls them. */
  readonly metrics: ReadonlyMap<string, Measured>;
  readonly expression: Expression;
  readonly periodMinutes: number;
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly badPeriods: number;
  readonly ofPeriods: number;
  readonly missing: "breaching" | "notBreaching" | "ignore" | "missing";
};

type Comparison = { readonly words: string; readonly isBad: (value: number, threshold: number) => boolean };
const COMPARISONS: { readonly [operator: string]: Comparison } = {
  GreaterThanOrEqualToThreshold: { words: "at least", isBad: (value, threshold) => value >= threshold },
  GreaterThanThreshold: { words: "more than", isBad: (value, threshold) => value > threshold },
  LessThanOrEqualToThreshold: { words: "at most", isBad: (value, threshold) => value <= threshold },
  LessThanThreshold: { words: "less than", isBad: (value, threshold) => value < threshold },
};

/** @throws Error naming an alarm that cannot be evaluated here, and why: silence would hide that it never goes off */
export function readAlarm({ properties, identity, stack, logicalId }: Resource): AlarmSettings {
  try {
    const name = textAt(properties, "AlarmName") ?? identity.ref;
    const operator = textAt(properties, "ComparisonOperator") ?? "";
    const comparison = COMPARISONS[operator] ?? refuse(`the comparison ${operator}`);
    const ofPeriods = numberAt(properties, "EvaluationPeriods") ?? 1;
    return {
      name,
      description: textAt(properties, "AlarmDescription") ?? name,
      ...readMetrics(properties),
      comparison,
      threshold: numberAt(properties, "Threshold") ?? refuse("an alarm without a fixed threshold"),
      ofPeriods,
      badPeriods: numberAt(properties, "DatapointsToAlarm") ?? ofPeriods,
      missing: readMissing(textAt(properties, "TreatMissingData") ?? "missing"),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the local cloud cannot evaluate the alarm ${stack.id}/${logicalId}: ${why}`);
  }
}

function refuse(what: string): never {
  throw new Error(`it does not know ${what}`);
}

function readMissing(treat: string): AlarmSettings["missing"] {
  if (treat === "breaching" || treat === "notBreaching" || treat === "ignore" || treat === "missing")
    return treat;
  return refuse(`TreatMissingData ${treat}`);
}

type Metrics = Pick<AlarmSettings, "metrics" | "expression" | "periodMinutes">;

function readMetrics(properties: JsonObject): Metrics {
  const queries = objectsAt(properties, "Metrics");
  if (queries.length === 0) {
    const only = readMeasured(properties, properties, textAt(properties, "Statistic"));
    return together(new Map([["only", only]]), compileExpression("only"));
  }
  const metrics = new Map<string, Measured>();
  const expressions: string[] = [];
  for (const query of queries) {
    const text = textAt(query, "Expression");
    if (text !== undefined) expressions.push(text);
    else {
      const stat = objectAt(query, "MetricStat");
      metrics.set(
        textAt(query, "Id") ?? "",
        readMeasured(objectAt(stat, "Metric"), stat, textAt(stat, "Stat")),
      );
    }
  }
  const [text, ...more] = expressions;
  if (text === undefined || more.length > 0) return refuse("anything but one expression over metrics");
  return together(metrics, compileExpression(text));
}

function together(metrics: ReadonlyMap<string, Measured>, expression: Expression): Metrics {
  const unknown = expression.names.find((name) => !metrics.has(name));
  if (unknown !== undefined) return refuse(`the metric ${unknown}`);
  const periods = new Set([...metrics.values()].map(({ periodMinutes }) => periodMinutes));
  const [periodMinutes = 1] = periods;
  return periods.size > 1
    ? refuse("metrics of several periods in one alarm")
    : { metrics, expression, periodMinutes };
}

function readMeasured(metric: JsonObject, stat: JsonObject, statistic: string | undefined): Measured {
  const period = numberAt(stat, "Period") ?? 0;
  if (period < 60 || period % 60 !== 0) return refuse(`a period of ${period} seconds`);
  if (statistic !== "Sum" && statistic !== "Maximum") return refuse(`the statistic ${statistic}`);
  const dimensions = objectsAt(metric, "Dimensions").map(
    (one) => [textAt(one, "Name") ?? "", textAt(one, "Value") ?? ""] as const,
  );
  return {
    metric: {
      namespace: textAt(metric, "Namespace") ?? "",
      name: textAt(metric, "MetricName") ?? "",
      dimensions: Object.fromEntries(dimensions),
    },
    statistic,
    periodMinutes: period / 60,
  };
}

/** An error line of a function, counted by a metric filter. */
export type LineFilter = {
  readonly logGroup: string;
  readonly level: string;
  readonly namespace: string;
  readonly name: string;
};

/** @throws Error when the filter looks for anything but a level */
export function readLineFilter({ properties, stack, logicalId }: Resource): LineFilter {
  const pattern = textAt(properties, "FilterPattern") ?? "";
  const level = /^\{ \$\.level = "([A-Z]+)" \}$/.exec(pattern)?.[1];
  const [into = {}] = objectsAt(properties, "MetricTransformations");
  if (level === undefined || textAt(into, "MetricValue") !== "1")
    throw new Error(`the local cloud does not know the metric filter ${stack.id}/${logicalId}: ${pattern}`);
  return {
    logGroup: textAt(properties, "LogGroupName") ?? "",
    level,
    namespace: textAt(into, "MetricNamespace") ?? "",
    name: textAt(into, "MetricName") ?? "",
  };
}
