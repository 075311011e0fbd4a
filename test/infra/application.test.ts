import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FunctionDefinition, FunctionFolder } from "#infra/constructs/definition.ts";
import { loadDefinition } from "#infra/functions.ts";
import { checkWithNag } from "#infra/nag-packs.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { ProviderSender } from "#ports/provider.ts";
import * as SENDERS from "#providers/all.senders.ts";
import { CORE_NAMES, ENV, parameterName } from "#runtime/names.ts";
import {
  appUnderTest,
  functionsUnderTest,
  resourcesOfType,
  type Template,
  type Templates,
  templatesOf,
} from "./assembly.ts";

let templates: Templates;
let folders: readonly FunctionFolder[];
const definitions = new Map<string, FunctionDefinition>();

beforeAll(async () => {
  folders = await functionsUnderTest();
  for (const folder of folders) definitions.set(folder.id, await loadDefinition(folder));
  templates = templatesOf(await appUnderTest());
}, 180_000);

const stackOf = (id: string): Template => {
  const found = templates.get(id);
  if (!found) throw new Error(`no stack ${id}`);
  return found;
};

const propertiesOf = (id: string, type: string) =>
  resourcesOfType(stackOf(id), type).map(([, { Properties }]) => Properties);

describe("names", () => {
  it("core publishes each agreed name exactly once", () => {
    const published = [...templates.values()]
      .flatMap((template) => resourcesOfType(template, "AWS::SSM::Parameter"))
      .map(([, { Properties }]) => Properties.Name);
    expect(published.toSorted()).toEqual(CORE_NAMES.map((name) => parameterName("prod", name)).toSorted());
  });

  it("every stack takes from another stack nothing but published names", () => {
    const published = new Set(CORE_NAMES.map((name) => parameterName("prod", name)));
    for (const [id, template] of templates) {
      expect(JSON.stringify(template), id).not.toContain("Fn::ImportValue");
      for (const parameter of Object.values(template.Parameters)) {
        expect(parameter.Type).toBe("AWS::SSM::Parameter::Value<String>");
        expect(published, id).toContain(parameter.Default);
      }
    }
  });

  it("functions read only the agreed environment variables", () => {
    const settings = Object.values(SENDERS).flatMap((senders) =>
      Object.values<ProviderSender<never>>(senders).flatMap((sender) => sender.settings),
    );
    const agreed = new Set<string>([...Object.values(ENV), ...settings]);
    for (const { id } of folders) {
      for (const { Environment } of propertiesOf(id, "AWS::Lambda::Function")) {
        const { Variables } = Environment as { Variables: Record<string, unknown> };
        for (const name of Object.keys(Variables)) expect(agreed, id).toContain(name);
      }
    }
  });
});

describe("each function", () => {
  it("stands alone: one function on arm64 and Node 24 behind the alias live, with a log group that forgets", () => {
    for (const { id } of folders) {
      expect(propertiesOf(id, "AWS::Lambda::Function"), id).toMatchObject([
        { Architectures: ["arm64"], Runtime: "nodejs24.x", FunctionName: `rapport-prod-${id}` },
      ]);
      expect(propertiesOf(id, "AWS::Lambda::Alias"), id).toMatchObject([{ Name: "live" }]);
      expect(propertiesOf(id, "AWS::Logs::LogGroup"), id).toMatchObject([
        { LogGroupName: `/aws/lambda/rapport-prod-${id}`, RetentionInDays: 30 },
      ]);
    }
  });

  it("has an alarm that says what a customer suffers", async () => {
    for (const folder of folders) {
      const { failureImpact } = await loadDefinition(folder);
      const alarms = propertiesOf(folder.id, "AWS::CloudWatch::Alarm");
      expect(alarms.length, folder.id).toBeGreaterThan(0);
      expect(failureImpact, folder.id).toMatch(/^[A-Z].{30,}\.$/);
      for (const alarm of alarms) {
        expect(alarm.AlarmDescription, folder.id).toContain(failureImpact);
        expect(alarm.AlarmActions, folder.id).toEqual([{ Ref: "TopicsAlarms" }]);
      }
    }
  });

  it("is reached by route or by queue, never by a rule or topic directly", () => {
    for (const { id } of folders) {
      const feeds = propertiesOf(id, "AWS::Lambda::EventSourceMapping");
      const routes = propertiesOf(id, "AWS::ApiGatewayV2::Route");
      expect(feeds.length + routes.length, id).toBeGreaterThan(0);
      for (const feed of feeds) {
        expect(feed, id).toMatchObject({
          FunctionName: { Ref: expect.stringContaining("Alias") },
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        });
      }
      for (const permission of propertiesOf(id, "AWS::Lambda::Permission")) {
        expect(permission.Principal, id).toBe("apigateway.amazonaws.com");
        expect(permission.SourceArn, id).toBeDefined();
      }
    }
  });

  it("has the routes that its operations declare, and no other has them", async () => {
    const all: string[] = [];
    for (const folder of folders) {
      const { operations = {} } = await loadDefinition(folder);
      const declared = Object.values(operations).map(({ route }) => route);
      const routes = propertiesOf(folder.id, "AWS::ApiGatewayV2::Route").map(({ RouteKey }) =>
        String(RouteKey),
      );
      expect(routes.toSorted(), folder.id).toEqual(declared.toSorted());
      all.push(...declared);
    }
    expect(all).toEqual([...new Set(all)]);
  });

  it("answers browsers that ask before they call on a route of its own, which `$default` would swallow", () => {
    const keys = propertiesOf("api-not-found", "AWS::ApiGatewayV2::Route").map(({ RouteKey }) => RouteKey);
    expect(keys).toContain("OPTIONS /{proxy+}");
  });

  it("has six times its timeout with a message, as AWS asks, and no less than workers put a message off", () => {
    for (const { id } of folders) {
      const { consumes = [] } = definitions.get(id) ?? {};
      const [{ Timeout }] = propertiesOf(id, "AWS::Lambda::Function") as [{ Timeout: number }];
      const queues = [...propertiesOf(id, "AWS::SQS::Queue"), ...propertiesOf("bus", "AWS::SQS::Queue")];
      const own = queues.filter(({ QueueName, RedrivePolicy }) => {
        const name = String(QueueName);
        const isOwn =
          name.startsWith(`rapport-prod-${id}`) || consumes.some((one) => name.includes(`-${one}`));
        return isOwn && RedrivePolicy !== undefined;
      });
      for (const { QueueName, VisibilityTimeout } of own) {
        expect(VisibilityTimeout, String(QueueName)).toBe(6 * Timeout);
        expect(VisibilityTimeout, String(QueueName)).toBeGreaterThanOrEqual(60);
      }
    }
  });

  it("keeps what a worker cannot finish in a dead-letter queue for two weeks, and watches it", () => {
    for (const { id } of folders) {
      const queues = propertiesOf(id, "AWS::SQS::Queue");
      if (propertiesOf(id, "AWS::Lambda::EventSourceMapping").length === 0) continue;
      for (const queue of queues.filter(({ QueueName }) => !String(QueueName).endsWith("-dlq"))) {
        expect(queue.RedrivePolicy, id).toBeDefined();
      }
      for (const queue of queues.filter(({ QueueName }) => String(QueueName).endsWith("-dlq"))) {
        expect(queue.MessageRetentionPeriod, id).toBe(14 * 24 * 3600);
      }
      const watched = propertiesOf(id, "AWS::CloudWatch::Alarm").map(({ AlarmName }) => String(AlarmName));
      expect(watched, id).toContain(`rapport-prod-${id}-dead-letter`);
    }
  });

  it("knows how old what failed is besides what SQS says, which forgets what was received three times", () => {
    const late = folders.flatMap(({ id }) =>
      propertiesOf(id, "AWS::CloudWatch::Alarm").filter(({ AlarmName }) =>
        /-late(-bulk)?$/.test(String(AlarmName)),
      ),
    );
    expect(late.length).toBeGreaterThan(8);
    for (const { AlarmName, Metrics } of late) {
      const text = JSON.stringify(Metrics);
      expect(text, String(AlarmName)).toContain("ApproximateAgeOfOldestMessage");
      expect(text, String(AlarmName)).toContain(METRICS.failedRecordAge);
    }
  });

  it("wakes nobody for a single request that was not answered", () => {
    const errors = folders.flatMap(({ id }) =>
      propertiesOf(id, "AWS::CloudWatch::Alarm").filter(({ AlarmName }) =>
        String(AlarmName).endsWith("-errors"),
      ),
    );
    expect(errors.length).toBeGreaterThan(8);
    for (const { AlarmName, Threshold } of errors) expect(Threshold, String(AlarmName)).toBeGreaterThan(1);
  });

  it("that sends has alarms on what is stuck and what fails, by mail on bounces and complaints, and the sweep on what is lost", () => {
    const ownOf = (id: string) =>
      propertiesOf(id, "AWS::CloudWatch::Alarm")
        .map(({ AlarmName }) => String(AlarmName).replace(`rapport-prod-${id}-`, ""))
        .filter((alarm) => !/late|dead-letter|errors/.test(alarm));
    expect(ownOf("send-email")).toEqual(["stuck", "failed", "bounces", "complaints"]);
    expect(ownOf("send-sms")).toEqual(["stuck", "failed"]);
    expect(ownOf("send-push")).toEqual(["stuck", "failed"]);
    expect(ownOf("timers-fire")).toEqual(["swept", "overdue"]);
  });

  it("has alarms on metrics of ours that its code knows, each of its own stage", () => {
    const ours = folders.flatMap(({ id }) =>
      propertiesOf(id, "AWS::CloudWatch::Alarm").flatMap((alarm) =>
        [...JSON.stringify(alarm).matchAll(/"MetricName":"(\w+)","Namespace":"Rapport\/prod"/g)].map(
          ([, name]) => name,
        ),
      ),
    );
    const known: readonly (string | undefined)[] = Object.values(METRICS);
    expect(new Set(ours).size).toBeGreaterThan(6);
    for (const name of ours) expect(known).toContain(name);
  });

  it("takes what a bus rule cannot deliver into its dead-letter queue", () => {
    for (const { id } of folders) {
      for (const { Targets } of propertiesOf(id, "AWS::Events::Rule")) {
        expect(Targets, id).toMatchObject([{ DeadLetterConfig: { Arn: expect.anything() } }]);
      }
    }
  });
});

describe("the inbox", () => {
  it("is FIFO by customer in the high-throughput mode and leaves it to its worker when to give up", () => {
    const inbox = propertiesOf("bus", "AWS::SQS::Queue").find(
      ({ QueueName }) => QueueName === "rapport-prod-inbox.fifo",
    );
    expect(inbox).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      VisibilityTimeout: 60,
      RedrivePolicy: { maxReceiveCount: 1000 },
    });
  });
});

describe("tables", () => {
  it("are on demand, encrypted with the one data key, recoverable, and kept in prod", () => {
    const tables = resourcesOfType(stackOf("data"), "AWS::DynamoDB::Table");
    expect(tables).toHaveLength(15);
    for (const [, table] of tables) {
      expect(table.DeletionPolicy).toBe("RetainExceptOnCreate");
      expect(table.Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEType: "KMS" },
      });
    }
  });
});

describe("a stage that is not prod", () => {
  it("goes with everything in it, the files of its buckets included", async () => {
    const test = templatesOf(await appUnderTest({ "rapport:stage": "test" }));
    for (const [id, { Resources }] of test) {
      const kept = Object.entries(Resources).filter(
        ([, { DeletionPolicy, Type }]) =>
          /Retain/.test(DeletionPolicy ?? "") && Type !== "AWS::Lambda::Version",
      );
      expect(kept, id).toEqual([]);
    }
    const data = test.get("data");
    expect(data && resourcesOfType(data, "Custom::S3AutoDeleteObjects")).toHaveLength(2);
    for (const [, { Properties }] of data ? resourcesOfType(data, "AWS::DynamoDB::Table") : [])
      expect(Properties.DeletionProtectionEnabled).toBe(false);
  });

  it("passes the review as prod does", async () => {
    const app = await appUnderTest({ "rapport:stage": "test" });
    checkWithNag(app);
    expect(() => app.synth()).not.toThrow();
  });
});

describe("a first deploy that fails", () => {
  it("leaves nothing behind that the next one would stumble over, and makes the protected tables last", () => {
    const { Resources } = stackOf("data");
    for (const [id, { DeletionPolicy }] of Object.entries(Resources))
      expect(DeletionPolicy, id).not.toBe("Retain");
    for (const [id, { DependsOn }] of resourcesOfType(stackOf("data"), "AWS::DynamoDB::Table")) {
      const before = DependsOn.map((one) => Resources[one]?.Type);
      expect(before, id).toEqual(
        expect.arrayContaining([
          "AWS::KinesisFirehose::DeliveryStream",
          "AWS::SecretsManager::Secret",
          "AWS::Glue::Table",
        ]),
      );
    }
  });
});

describe("what is deployed", () => {
  const stacksWith = async (context: Record<string, unknown>, region?: string) => {
    const told: string[] = [];
    const stacks = templatesOf(
      await appUnderTest(context, undefined, { region, tell: (line) => told.push(line) }),
    );
    return { stacks: [...stacks.keys()].filter((id) => id.startsWith("send-")), told };
  };

  it.each([
    [["email"], ["send-api", "send-email"]],
    ["email,sms", ["send-api", "send-email", "send-sms"]],
    [[], ["send-api"]],
  ])("are the workers of the channels %j, and nothing is told of the others", async (channels, expected) => {
    const { stacks, told } = await stacksWith({ "rapport:channels": channels });
    expect({ stacks, told }).toEqual({ stacks: expected, told: [] });
  });

  const THREE = { "rapport:channels": ["email", "sms", "push"] };

  it("leaves out what a region does not have, and says so, rather than stopping half-way", async () => {
    const { stacks, told } = await stacksWith(THREE, "eu-north-1");
    expect(stacks).toEqual(["send-api", "send-email", "send-sms"]);
    expect(told).toEqual([expect.stringMatching(/^send-push is left out: eu-north-1 .*eu-central-1/)]);
  });

  it("has everything where the region does", async () => {
    const { stacks, told } = await stacksWith(THREE, "eu-central-1");
    expect({ stacks: stacks.length, told }).toEqual({ stacks: 4, told: [] });
  });

  it("names a channel or a function that there is not", async () => {
    await expect(appUnderTest({ "rapport:channels": ["pigeon"] })).rejects.toThrow(
      "there is no pigeon, only",
    );
    const reserved = { "rapport:reservedConcurrency": { "measure/link": 5 } };
    await expect(appUnderTest(reserved)).rejects.toThrow("there is no measure/link");
  });

  it("keeps executions for the functions that are named, and for none by default", async () => {
    const of = async (context: Record<string, unknown>) => {
      const all = templatesOf(await appUnderTest(context));
      return [...all].flatMap(([id, template]) =>
        resourcesOfType(template, "AWS::Lambda::Function").flatMap(([, { Properties }]) =>
          Properties.ReservedConcurrentExecutions === undefined
            ? []
            : [[id, Properties.ReservedConcurrentExecutions]],
        ),
      );
    };
    expect(await of({})).toEqual([]);
    const kept = { "measure/links": 20, "decide/api": 50 };
    expect(await of({ "rapport:reservedConcurrency": kept })).toEqual([
      ["decide-api", 50],
      ["measure-links", 20],
    ]);
  });
});

describe("the clock", () => {
  it("ticks each minute and tells the local cloud when there is nothing to tick for", () => {
    const schedules = resourcesOfType(stackOf("timers-fire"), "AWS::Scheduler::Schedule");
    expect(schedules).toMatchObject([
      [
        expect.any(String),
        {
          Properties: { ScheduleExpression: "rate(1 minute)" },
          Metadata: {
            "rapport:skipWhileEmpty": [
              { table: { Ref: "TablesTimers" }, pks: ["minutes"] },
              {
                table: { Ref: "TablesHistory" },
                index: "bySweep",
                pks: ["0", "1", "2", "3", "4", "5", "6", "7"],
              },
              {
                table: { Ref: "TablesRuns" },
                index: "byDue",
                pks: ["0", "1", "2", "3", "4", "5", "6", "7"].map((shard) => `due#${shard}`),
              },
              { table: { Ref: "TablesRuns" }, pks: ["resuming", "edits"] },
            ],
          },
        },
      ],
    ]);
  });
});

describe("the dashboard", () => {
  it("follows an event from collected to clicked, and shows what was suppressed, failed or put off by reason", () => {
    const body = JSON.stringify(propertiesOf("observe", "AWS::CloudWatch::Dashboard"));
    const way = [
      METRICS.eventsCollected,
      METRICS.eventsApplied,
      METRICS.decisionsMade,
      METRICS.messagesRequested,
      METRICS.messagesSent,
      METRICS.messagesDelivered,
      METRICS.messagesOpened,
      METRICS.messagesClicked,
    ];
    for (const metric of way)
      expect(body).toMatch(new RegExp(`Rapport/prod\\W*service} MetricName=\\W*${metric}`));
    expect(body).toMatch(
      new RegExp(`Rapport/prod\\W*reason,service} MetricName=\\W*${METRICS.messagesSuppressed}`),
    );
    expect(body).toMatch(
      new RegExp(`Rapport/prod\\W*provider,reason,service} MetricName=\\W*${METRICS.messagesPutOff}`),
    );
    expect(body).toMatch(
      new RegExp(`Rapport/prod\\W*reason,service} MetricName=\\W*${METRICS.messagesFailed}`),
    );
  });
});

describe("deployment", () => {
  it("shifts collect/http and decide/api by canary and rolls back on their alarm", () => {
    for (const id of ["collect-http", "decide-api"]) {
      expect(propertiesOf(id, "AWS::CodeDeploy::DeploymentGroup"), id).toMatchObject([
        {
          AlarmConfiguration: { Enabled: true },
          AutoRollbackConfiguration: { Enabled: true },
          DeploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
        },
      ]);
    }
  });

  it("lets a canary watch the new version alone: errors of the one it replaces would stop the deploy that mends them", () => {
    for (const id of ["collect-http", "decide-api"]) {
      const [watched] = resourcesOfType(stackOf(id), "AWS::CloudWatch::Alarm").filter(([, { Properties }]) =>
        JSON.stringify(Properties.AlarmName).includes("-canary-"),
      );
      if (watched === undefined) throw new Error(`${id} has no alarm for its canary`);
      const [alarm, { Properties }] = watched;
      const [version] = resourcesOfType(stackOf(id), "AWS::Lambda::Version")[0] ?? [];
      const ofVersion = { "Fn::GetAtt": [version, "Version"] };
      const metrics = z.array(z.object({ MetricStat: z.object({ Metric: z.json() }).optional() }));
      const measured = metrics
        .parse(Properties.Metrics)
        .flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
      expect(measured, id).toHaveLength(2);
      expect(measured, id).toMatchObject([
        { MetricName: `ErrorLinesByVersion-${id}`, Dimensions: [{ Name: "version", Value: ofVersion }] },
        {
          MetricName: "Errors",
          Dimensions: expect.arrayContaining([{ Name: "ExecutedVersion", Value: ofVersion }]),
        },
      ]);
      // A new name for each version: an alarm that is changed keeps the state that the version before brought it to.
      expect(JSON.stringify(Properties.AlarmName), id).toContain(JSON.stringify(ofVersion));
      expect(propertiesOf(id, "AWS::CodeDeploy::DeploymentGroup"), id).toMatchObject([
        { AlarmConfiguration: { Alarms: [{ Name: { Ref: alarm } }] } },
      ]);
    }
  });

  it("keeps the versions that going back needs", () => {
    for (const { id } of folders) {
      const versions = resourcesOfType(stackOf(id), "AWS::Lambda::Version");
      expect(versions, id).toMatchObject([[expect.any(String), { DeletionPolicy: "Retain" }]]);
    }
  });

  const versionsWith = async (context: Record<string, unknown>): Promise<Record<string, string>> => {
    const changed = templatesOf(await appUnderTest(context));
    return Object.fromEntries(
      folders.map(({ id }) => {
        const of = changed.get(id);
        return [id, (of && resourcesOfType(of, "AWS::Lambda::Version")[0]?.[0]) ?? "none"];
      }),
    );
  };

  it.each([
    [
      "a domain of one's own",
      { "rapport:publicUrl": "https://go.example.com" },
      ["collect-http", "measure-links", "send-email", "send-push", "send-sms"],
    ],
    [
      "a restored table",
      { "rapport:names": { "tables/keys": "keys-restored" } },
      ["collect-http", "decide-api", "decide-slots", "profile-api"],
    ],
    ["a choice on the command line", { "rapport:names": '{"queues/due-url":"https://due"}' }, ["send-api"]],
  ])("makes a new version of each function that reads %s, and of no other", async (_, context, readers) => {
    const [before, after] = [await versionsWith({}), await versionsWith(context)];
    const changed = Object.keys(after).filter((id) => after[id] !== before[id]);
    expect(changed).toEqual(expect.arrayContaining(readers));
    expect(changed).not.toContain("api-openapi");
    expect(changed.length).toBeLessThan(folders.length);
  });

  it("says the chosen name to core's readers and to rights alike", async () => {
    const app = templatesOf(await appUnderTest({ "rapport:names": { "tables/keys": "keys-restored" } }));
    const parameters = resourcesOfType(app.get("data") ?? stackOf("data"), "AWS::SSM::Parameter");
    expect(parameters.map(([, { Properties }]) => Properties)).toContainEqual(
      expect.objectContaining({ Name: "/rapport/prod/tables/keys", Value: "keys-restored" }),
    );
    expect(JSON.stringify(app.get("profile-api"))).toContain(":table/keys-restored");
  });

  it("runs the same stacks in the local cloud, without canary and without anything that outlives them", async () => {
    const local = templatesOf(await appUnderTest({ "rapport:stage": "local" }));
    expect([...local.keys()]).toEqual([...templates.keys()]);
    for (const template of local.values()) {
      expect(resourcesOfType(template, "AWS::CodeDeploy::DeploymentGroup")).toEqual([]);
      expect(JSON.stringify(template)).not.toContain('"Retain"');
    }
  });

  it("collects from the default bus what the context names", async () => {
    const pattern = { source: ["aws.s3"], "detail-type": ["Object Created"] };
    const app = await appUnderTest({ "rapport:defaultBusPatterns": [pattern] });
    const rules = resourcesOfType(
      templatesOf(app).get("collect-cloud-events") ?? stackOf("collect-cloud-events"),
      "AWS::Events::Rule",
    );
    expect(rules.map(([, { Properties }]) => Properties.EventPattern)).toContainEqual(pattern);
  });

  it.each([
    ["packed", {}],
    ["packed", { "rapport:plainStates": "false" }],
    ["plain", { "rapport:plainStates": "true" }],
  ])("writes profiles %s where the context says %o", async (form, context) => {
    const template = templatesOf(await appUnderTest(context)).get("profile-apply-events");
    const [[, lambda] = []] = resourcesOfType(
      template ?? stackOf("profile-apply-events"),
      "AWS::Lambda::Function",
    );
    expect(lambda?.Properties.Environment).toMatchObject({ Variables: { STATE_FORM: form } });
  });

  it("names a wrong setting", async () => {
    await expect(appUnderTest({ "rapport:stage": "Prod_1" })).rejects.toThrow("rapport:stage");
  });
});
