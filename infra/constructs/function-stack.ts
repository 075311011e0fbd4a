import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as logs from "aws-cdk-lib/aws-logs";
import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib/core";
import { ROLES_OF_CALLS } from "#runtime/http/roles.ts";
import { type CoreName, ENV } from "#runtime/names.ts";
import { addHttpAlarm, addOwnAlarms, addQueueAlarms } from "./alarms.ts";
import { addCanary } from "./canary.ts";
import { lookUpName } from "./core-names.ts";
import type { FunctionDefinition, FunctionProps } from "./definition.ts";
import { grantOf, type Use } from "./grants.ts";
import { functionName, logGroupName } from "./names.ts";
import { addQueues, feedFunction, type WorkerQueues } from "./queues.ts";
import { addRoutes } from "./routes.ts";

/**
 * The golden path: everything one function needs to stand alone. Its queues with their dead-letter queue, its log
 * group, its own role with nothing but what `uses` names, the function behind the alias `live`, its routes and alarms.
 */
export const addFunction = (stack: Stack, props: FunctionProps): void => {
  const { definition, folder, settings } = props;
  const core = (name: CoreName): string => lookUpName(stack, settings, name);
  const timeoutSeconds = definition.timeoutSeconds ?? 10;
  const queues = addQueues(stack, { folder, definition, settings, core, timeoutSeconds });
  const logGroup = new logs.LogGroup(stack, "Logs", {
    logGroupName: logGroupName(settings.stage, folder.id),
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const handler = addHandler(stack, props, { core, queues, logGroup, timeoutSeconds });
  const live = handler.addAlias("live");

  feedFunction(stack, live, queues);
  addQueueAlarms(stack, props, queues, core("topics/alarms"));
  addOwnAlarms(stack, props, core("topics/alarms"));
  const calls = Object.values(definition.operations ?? {});
  if (calls.length === 0) return;
  addRoutes(stack, live, { routes: calls.map(({ route }) => route), apiId: () => core("api/id") });
  const watched = { live, logGroup, topicArn: core("topics/alarms") };
  addHttpAlarm(stack, props, watched);
  // A local cloud replaces code at once: there is no traffic to shift.
  if (definition.canary && settings.stage !== "local") addCanary(stack, props, watched);
};

interface HandlerParts {
  readonly core: (name: CoreName) => string;
  readonly queues: WorkerQueues;
  readonly logGroup: logs.LogGroup;
  readonly timeoutSeconds: number;
}

const addHandler = (stack: Stack, props: FunctionProps, parts: HandlerParts): lambda.Function => {
  const { definition, folder, settings } = props;
  const grants = usesOf(definition).map((use) => grantOf(use, parts.core));
  const own = definition.resources?.({ stack, settings, core: parts.core });
  const statements = [
    ...parts.queues.statements,
    ...grants.flatMap((grant) => grant.statements),
    ...(own?.statements ?? []),
  ];
  return new lambda.Function(stack, "Function", {
    functionName: functionName(settings.stage, folder.id),
    description: `When it fails: ${definition.failureImpact}`.slice(0, 256),
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: "index.handler",
    code: lambda.Code.fromAsset(props.codePath),
    memorySize: definition.memorySize ?? 512,
    ...reserved(props),
    timeout: Duration.seconds(parts.timeoutSeconds),
    role: addRole(stack, parts.logGroup, statements),
    logGroup: parts.logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    // Start, end and report lines cost more than they tell; the metrics hold the same figures.
    systemLogLevelV2: lambda.SystemLogLevel.WARN,
    // Going back is putting the alias on the version before: it must still be there. A local cloud keeps none.
    currentVersionOptions: {
      removalPolicy: settings.stage === "local" ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    },
    environment: {
      [ENV.stage]: settings.stage,
      [ENV.functionName]: `${folder.group}/${folder.name}`,
      ...parts.queues.environment,
      ...Object.assign({}, ...grants.map((grant) => grant.environment)),
      ...own?.environment,
    },
  });
};

/** A machine of one's own has nobody to share executions with. */
const reserved = ({ folder, settings }: FunctionProps): { reservedConcurrentExecutions?: number } => {
  const kept = settings.reservedConcurrency[`${folder.group}/${folder.name}`];
  return kept === undefined || settings.stage === "local" ? {} : { reservedConcurrentExecutions: kept };
};

/** Whoever asks for a key looks it up; where people may call too, reads their sessions; and writes down what is audited. */
const usesOf = ({ operations = {}, uses }: FunctionDefinition): readonly Use[] => [
  ...(Object.values(operations).some(({ scope }) => scope !== null) ? (["keys:read"] as const) : []),
  ...(Object.keys(operations).some((id) => id in ROLES_OF_CALLS) ? (["sessions:read"] as const) : []),
  ...(Object.values(operations).some(({ audit }) => audit !== undefined) ? (["audit:write"] as const) : []),
  ...uses,
];

const addRole = (
  stack: Stack,
  logGroup: logs.LogGroup,
  statements: readonly iam.PolicyStatement[],
): iam.Role =>
  new iam.Role(stack, "Role", {
    assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      own: new iam.PolicyDocument({
        minimize: true,
        statements: [
          new iam.PolicyStatement({
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            // The ARN that CloudFormation gives ends in `:*`, the group's streams.
            resources: [logGroup.logGroupArn],
          }),
          ...statements,
        ],
      }),
    },
  });
