import * as z from "zod/mini";
import { awsQuery } from "../aws/query.ts";
import type { Figures } from "./port.ts";
import { PER_MILLION } from "./prices.ts";

const Total = z.object({ total: z.number() });
const Usage = z.object({
  requests: z.object({ functions: Total, services: Total }),
  dynamodb: z.object({ readUnits: z.number(), writeUnits: z.number() }),
  functions: z.record(z.string(), z.object({ invocations: z.number(), milliseconds: z.number() })),
  dollars: Total,
});

/** Figures out of the local cloud's own count (`GET /_local/usage`). */
export const localFigures = (usage: unknown): Figures => {
  const { requests, dynamodb, functions, dollars } = Usage.parse(usage);
  const sum = (of: "invocations" | "milliseconds"): number =>
    Object.values(functions).reduce((total, use) => total + use[of], 0);
  return {
    countedBy: "the local cloud, every request; polls of idle queues are left out",
    requestsByFunctions: requests.functions.total,
    requestsByServices: requests.services.total,
    invocations: sum("invocations"),
    functionMilliseconds: Math.round(sum("milliseconds")),
    ...dynamodb,
    dollars: dollars.total,
  };
};

/** What came after `before`: others may have used the same hub. */
export const since = (before: Figures | undefined, after: Figures): Figures => {
  const less = (name: Exclude<keyof Figures, "countedBy">): number | null => {
    const value = after[name];
    return value === null ? null : value - (before?.[name] ?? 0);
  };
  return {
    countedBy: after.countedBy,
    requestsByFunctions: less("requestsByFunctions"),
    requestsByServices: less("requestsByServices"),
    invocations: less("invocations"),
    functionMilliseconds: less("functionMilliseconds"),
    readUnits: less("readUnits"),
    writeUnits: less("writeUnits"),
    dollars: less("dollars"),
  };
};

const METRICS = {
  invocations: '{AWS/Lambda,FunctionName} MetricName="Invocations"',
  functionMilliseconds: '{AWS/Lambda,FunctionName} MetricName="Duration"',
  readUnits: '{AWS/DynamoDB,TableName} MetricName="ConsumedReadCapacityUnits"',
  writeUnits: '{AWS/DynamoDB,TableName} MetricName="ConsumedWriteCapacityUnits"',
} as const;
type Metric = keyof typeof METRICS;
const NAMES = Object.keys(METRICS) as readonly Metric[];

/** Sum of the values that CloudWatch's XML holds for a query. */
const sumIn = (xml: string, id: string): number => {
  const member = xml.split("<Id>").find((part) => part.startsWith(`${id}</Id>`)) ?? "";
  const values = /<Values>(.*?)<\/Values>/s.exec(member)?.[1] ?? "";
  return [...values.matchAll(/<member>([^<]*)<\/member>/g)].reduce((sum, [, text]) => sum + Number(text), 0);
};

/** Memory that dollars are reckoned with, in GB: the most that a function of an event's way has. */
const GIGABYTES = 1;

/** Figures out of CloudWatch's metrics of everything whose name begins with the stage's. */
export const cloudWatchFigures = async (
  aws: object,
  stage: string,
  from: Date,
  to: Date,
): Promise<Figures> => {
  const queries = NAMES.flatMap((name, index): readonly (readonly [string, string])[] => {
    const key = `MetricDataQueries.member.${index + 1}`;
    return [
      [`${key}.Id`, name],
      [`${key}.Expression`, `SUM(SEARCH('${METRICS[name]} rapport-${stage}', 'Sum', 300))`],
    ];
  });
  const xml = await awsQuery(aws, {
    service: "monitoring",
    version: "2010-08-01",
    action: "GetMetricData",
    parameters: { StartTime: from.toISOString(), EndTime: to.toISOString(), ...Object.fromEntries(queries) },
  });
  const [invocations = 0, functionMilliseconds = 0, readUnits = 0, writeUnits = 0] = NAMES.map((name) =>
    sumIn(xml, name),
  );
  const dollars =
    (invocations * PER_MILLION.invocation +
      functionMilliseconds * GIGABYTES * PER_MILLION.gigabyteMillisecond +
      readUnits * PER_MILLION.readUnit +
      writeUnits * PER_MILLION.writeUnit) /
    1e6;
  return {
    countedBy:
      "CloudWatch, which does not count what functions ask of other services; dollars are those of Lambda at 1 GB and of the tables",
    requestsByFunctions: null,
    requestsByServices: null,
    invocations,
    functionMilliseconds,
    readUnits,
    writeUnits,
    dollars,
  };
};
