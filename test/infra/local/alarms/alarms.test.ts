import { describe, expect, it } from "vitest";
import { createAlarms } from "#infra/local/alarms/alarms.ts";
import type { Deployment } from "#infra/local/assembly/deployment.ts";
import type { Resource } from "#infra/local/assembly/resolve-stacks.ts";
import { createAgenda } from "#infra/local/machine/agenda.ts";
import { createClock } from "#infra/local/machine/clock.ts";
import type { Queues } from "#infra/local/sqs/queues.ts";
import type { JsonObject } from "#kernel/json.ts";

const STACK = { id: "shop", stackName: "shop" } as Resource["stack"];
const resourceOf = (type: string, name: string, properties: JsonObject): Resource => ({
  stack: STACK,
  logicalId: name,
  type,
  properties,
  metadata: {},
  identity: { ref: name, attributes: {} },
});

const SETTINGS: JsonObject = {
  AlarmDescription: "Nobody gets tea.",
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  EvaluationPeriods: 1,
  Period: 60,
  Statistic: "Sum",
  Threshold: 2,
  TreatMissingData: "notBreaching",
};
const OWN: JsonObject = {
  ...SETTINGS,
  Namespace: "Shop",
  MetricName: "TeaCold",
  Dimensions: [{ Name: "service", Value: "kettle" }],
};
const FAILING: JsonObject = {
  ...SETTINGS,
  Namespace: "AWS/Lambda",
  MetricName: "Errors",
  Dimensions: [
    { Name: "FunctionName", Value: "kettle" },
    { Name: "Resource", Value: "kettle:live" },
  ],
};
const FILTER: JsonObject = {
  LogGroupName: "/aws/lambda/kettle",
  FilterPattern: '{ $.level = "ERROR" }',
  MetricTransformations: [{ MetricNamespace: "Shop", MetricName: "Lines", MetricValue: "1" }],
};

/** The alarms of a deployment with one function, by the clock of this test. */
const begin = (alarms: Readonly<Record<string, JsonObject>>) => {
  const resources = [
    ...Object.entries(alarms).map(([name, properties]) =>
      resourceOf("AWS::CloudWatch::Alarm", name, properties),
    ),
    resourceOf("AWS::Logs::MetricFilter", "lines", FILTER),
    resourceOf("AWS::Lambda::Function", "kettle", {}),
  ];
  const deployment = {
    functions: [{ name: "kettle", label: "shop/kettle" }],
    resources: (type: string) => resources.filter((resource) => resource.type === type),
  } as unknown as Deployment;
  const clock = createClock(0);
  const agenda = createAgenda(clock);
  agenda.pause();
  const queues: Queues = { byName: () => undefined, byArn: () => undefined, all: () => [] };
  const changes: string[] = [];
  const running = createAlarms({
    deployment,
    queues,
    agenda,
    clock,
    onChange: ({ name, state }) => changes.push(`${name} ${state}`),
  });
  /** Moves the clock as the local cloud does: from one thing that falls due to the next. */
  const advance = (minutes: number): number => {
    const target = clock.now() + minutes * 60_000;
    let looks = 0;
    for (let next = agenda.next(); next !== null && next <= target; next = agenda.next()) {
      clock.moveTo(next);
      agenda.runDue();
      looks += 1;
    }
    clock.moveTo(target);
    return looks;
  };
  return { ...running, advance, changes };
};
const TEA = { namespace: "Shop", name: "TeaCold", dimensions: { service: "kettle" } };

describe("the alarms of the templates", () => {
  it("go off within a minute, say why in words, and are over when it is", () => {
    const { record, list, advance, changes } = begin({ cold: OWN });
    advance(2);
    expect(list()).toMatchObject([{ name: "cold", state: "OK" }]);
    record(TEA, 1);
    record({ ...TEA, dimensions: { service: "kettle", reason: "power cut" } }, 2);
    record(TEA, 1);

    advance(1);

    expect(list()).toMatchObject([
      {
        state: "ALARM",
        reason: "1 of the last 1 minutes at least 2 (the newest: 2), lately power cut. Nobody gets tea.",
      },
    ]);
    advance(1);
    expect(list()).toMatchObject([{ state: "OK" }]);
    expect(changes).toEqual(["cold ALARM", "cold OK"]);
  });

  it("keep since when it is so", () => {
    const { record, list, advance } = begin({
      cold: { ...OWN, EvaluationPeriods: 20, DatapointsToAlarm: 1 },
    });
    record(TEA, 2);
    advance(1);
    const [before] = list();
    advance(10);
    expect(list()).toEqual([expect.objectContaining({ state: "ALARM", since: before?.since })]);
  });

  it("count the ends of invocations and the lines of errors", () => {
    const lines = { ...SETTINGS, Namespace: "Shop", MetricName: "Lines" };
    const { ended, logged, list, advance } = begin({ failing: FAILING, lines });
    for (let times = 0; times < 2; times += 1) {
      ended("kettle", { ok: false, errorType: "Error", errorMessage: "cold", trace: [] });
      ended("kettle", { ok: true, payload: "null" });
      logged("shop/kettle", '{"level":"ERROR","message":"cold"}');
      logged("shop/kettle", '{"level":"INFO","message":"an ERROR, they say"}');
      logged("shop/teapot", '{"level":"ERROR"}');
    }
    advance(1);
    expect(list().map(({ reason }) => reason)).toEqual([
      expect.stringContaining("(the newest: 2)"),
      expect.stringContaining("(the newest: 2)"),
    ]);
  });

  it("rest while nothing happens, so that a month passes in no time", () => {
    const day = { ...OWN, Period: 86_400 };
    const { record, list, advance } = begin({ cold: OWN, rare: day });
    record(TEA, 2);
    expect(advance(24 * 60)).toBeLessThan(20);
    expect(advance(30 * 24 * 60)).toBeLessThan(3);
    expect(list().every(({ state }) => state === "OK")).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ["a metric of a queue that is not there", { ...FAILING, Namespace: "AWS/SQS" }],
    ["a metric that nothing tells", { ...FAILING, MetricName: "Duration" }],
    ["a service that tells nothing", { ...FAILING, Namespace: "AWS/DynamoDB" }],
    ["a statistic", { ...OWN, Statistic: "p99" }],
    ["a period of seconds", { ...OWN, Period: 10 }],
    ["a comparison", { ...OWN, ComparisonOperator: "GreaterThanUpperThreshold" }],
    ["math", { ...OWN, Metrics: [{ Id: "e", Expression: "SEARCH('x', 'Sum', 60)" }] }],
  ])("that name %s which is not known stop the start", (_what, properties) => {
    expect(() => begin({ odd: properties })).toThrow(/the local cloud/);
  });
});
