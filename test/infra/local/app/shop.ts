import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { CfnRule, EventBus } from "aws-cdk-lib/aws-events";
import { CfnEventSourceMapping, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from "aws-cdk-lib/aws-ses";
import { CfnSubscription, Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { App, Duration, Stack } from "aws-cdk-lib/core";
import { build } from "esbuild";

/**
 * A small shop of two stacks: POST /orders -> FIFO queue -> `keep` (table, bus) -> rule -> queue -> `mail` (SES),
 * SES events -> topic -> queue -> `watch` (table), and a schedule. Enough to see every wire of the local cloud.
 */
export async function synthesizeShop(directory: string): Promise<string> {
  const code = await bundle(join(directory, "code"));
  const app = new App({ outdir: join(directory, "cdk.out"), analyticsReporting: false });
  const core = new Stack(app, "shop-core");
  addCore(core);
  const shop = new Stack(app, "shop-functions");
  shop.addStackDependency(core);
  addFunctions(shop, code);
  return app.synth().directory;
}

const HANDLERS = ["accept", "keep", "mail", "watch", "probe"] as const;
type Handler = (typeof HANDLERS)[number];

async function bundle(outdir: string): Promise<(name: Handler) => string> {
  await build({
    entryPoints: HANDLERS.map((name) => ({
      in: fileURLToPath(new URL(`./handlers/${name}.ts`, import.meta.url)),
      out: `${name}/index`,
    })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    mainFields: ["module", "main"],
    banner: {
      js: 'import { createRequire as createShopRequire } from "node:module"; const require = createShopRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return (name) => join(outdir, name);
}

const NAMES = ["orders", "inbox-url", "inbox-arn", "bus", "topic", "api-id", "secret"] as const;
const parameterName = (name: (typeof NAMES)[number]): string => `/shop/${name}`;

function addCore(stack: Stack): void {
  const publish = (name: (typeof NAMES)[number], value: string): void => {
    new StringParameter(stack, `Name-${name}`, { parameterName: parameterName(name), stringValue: value });
  };
  const orders = new Table(stack, "Orders", {
    tableName: "orders",
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: "expires",
  });
  orders.addGlobalSecondaryIndex({
    indexName: "byMail",
    partitionKey: { name: "mail", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  const deadLetters = new Queue(stack, "Dead", { fifo: true, queueName: "dead.fifo" });
  const inbox = new Queue(stack, "Inbox", {
    queueName: "inbox.fifo",
    fifo: true,
    visibilityTimeout: Duration.seconds(30),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
  });
  const bus = new EventBus(stack, "Bus", { eventBusName: "shop" });
  const topic = new Topic(stack, "Topic", { topicName: "mail-events" });
  const api = new CfnApi(stack, "Api", {
    name: "shop",
    protocolType: "HTTP",
    corsConfiguration: {
      allowOrigins: ["*"],
      allowMethods: ["POST"],
      allowHeaders: ["authorization"],
      exposeHeaders: ["retry-after"],
      maxAge: 60,
    },
  });
  new CfnStage(stack, "Stage", { apiId: api.ref, stageName: "$default", autoDeploy: true });
  const secret = new Secret(stack, "Secret", {
    secretName: "shop-key",
    generateSecretString: { passwordLength: 40, excludePunctuation: true },
  });
  publish("orders", orders.tableName);
  publish("inbox-url", inbox.queueUrl);
  publish("inbox-arn", inbox.queueArn);
  publish("bus", bus.eventBusName);
  publish("topic", topic.topicArn);
  publish("api-id", api.ref);
  publish("secret", secret.secretArn);
}

function addFunctions(stack: Stack, code: (name: Handler) => string): void {
  const lookUp = (name: (typeof NAMES)[number]): string =>
    StringParameter.valueForStringParameter(stack, parameterName(name));
  const set = new CfnConfigurationSet(stack, "Set", { name: "shop" });
  new CfnConfigurationSetEventDestination(stack, "Destination", {
    configurationSetName: set.ref,
    eventDestination: {
      enabled: true,
      matchingEventTypes: ["BOUNCE", "DELIVERY"],
      snsDestination: { topicArn: lookUp("topic") },
    },
  });
  const make = (name: Handler, timeoutSeconds = 5): LambdaFunction =>
    new LambdaFunction(stack, `Function-${name}`, {
      functionName: `shop-${name}`,
      runtime: Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: Code.fromAsset(code(name)),
      memorySize: 256,
      timeout: Duration.seconds(timeoutSeconds),
      environment: {
        RAPPORT_FUNCTION: `shop/${name}`,
        ORDERS: lookUp("orders"),
        INBOX: lookUp("inbox-url"),
        BUS: lookUp("bus"),
        SECRET: lookUp("secret"),
        SET: set.ref,
      },
    });
  const queueFor = (name: string): Queue =>
    new Queue(stack, `Queue-${name}`, {
      queueName: `${name}-queue`,
      visibilityTimeout: Duration.seconds(60),
    });
  const feed = (target: LambdaFunction, queueArn: string, maximumConcurrency?: number): void => {
    new CfnEventSourceMapping(stack, `Feed-${target.node.id}`, {
      eventSourceArn: queueArn,
      functionName: target.addAlias("live").functionArn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      ...(maximumConcurrency === undefined ? {} : { scalingConfig: { maximumConcurrency } }),
    });
  };
  feed(make("keep"), lookUp("inbox-arn"));
  const mailQueue = queueFor("mail");
  feed(make("mail"), mailQueue.queueArn, 2);
  const watchQueue = queueFor("watch");
  feed(make("watch"), watchQueue.queueArn);
  new CfnRule(stack, "Rule", {
    eventBusName: lookUp("bus"),
    eventPattern: {
      source: ["shop"],
      "detail-type": ["order.kept"],
      detail: { total: [{ numeric: [">", 10] }] },
    },
    targets: [{ id: "queue", arn: mailQueue.queueArn }],
  });
  new CfnSubscription(stack, "Subscription", {
    topicArn: lookUp("topic"),
    protocol: "sqs",
    endpoint: watchQueue.queueArn,
    rawMessageDelivery: true,
  });
  const schedule = new CfnSchedule(stack, "Schedule", {
    scheduleExpression: "rate(1 minute)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: watchQueue.queueArn,
      roleArn: "arn:aws:iam::000000000000:role/none",
      input: '{"schedule":"minute"}',
    },
  });
  schedule.cfnOptions.metadata = { "rapport:skipWhileEmpty": [{ table: lookUp("orders"), pks: ["due"] }] };
  addRoutes(stack, lookUp("api-id"), {
    "POST /orders": make("accept"),
    "ANY /probe/{what}": make("probe", 1),
  });
}

function addRoutes(stack: Stack, apiId: string, routes: Readonly<Record<string, LambdaFunction>>): void {
  for (const [routeKey, target] of Object.entries(routes)) {
    const integration = new CfnIntegration(stack, `Integration-${target.node.id}`, {
      apiId,
      integrationType: "AWS_PROXY",
      integrationUri: target.functionArn,
      payloadFormatVersion: "2.0",
    });
    new CfnRoute(stack, `Route-${target.node.id}`, {
      apiId,
      routeKey,
      target: `integrations/${integration.ref}`,
    });
  }
}

/** A folder holding one stack with the given resources, for what needs no functions. */
export function writeAssembly(directory: string, resources: Readonly<Record<string, object>>): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "one.template.json"), JSON.stringify({ Resources: resources }));
  writeFileSync(
    join(directory, "manifest.json"),
    JSON.stringify({
      version: "1",
      artifacts: {
        one: { type: "aws:cloudformation:stack", properties: { templateFile: "one.template.json" } },
      },
    }),
  );
  return directory;
}
