import { type App, Validations } from "aws-cdk-lib/core";
import type { Acknowledgement, FunctionDefinition } from "./constructs/definition.ts";
import { routeId } from "./constructs/routes.ts";

const KEY_IN_PIPELINE =
  "Keys are checked in the HTTP pipeline: an authorizer sees no body (a write key may be in it) and cannot answer in our error form.";

const ONE_OBJECT_EACH = "Each payload becomes an object of its own; the bucket holds nothing else.";

/** What is reviewed by hand, by construct paths below `rapport-<stage>-`. A finding that is not in the table stops a deploy; a row that no finding needs fails the tests. */
const ACKNOWLEDGED: readonly Acknowledgement[] = [
  // What the golden path does on purpose, the same in every function.
  {
    rule: "Serverless-LambdaDLQ",
    resource: "*/Function/Resource",
    reason:
      "Nothing invokes our functions asynchronously: API Gateway waits for the answer, SQS keeps the record and has the dead-letter queue.",
  },
  {
    rule: "Serverless-LambdaTracing",
    resource: "*/Function/Resource",
    reason:
      "X-Ray needs rights on every resource and bills each request; event, decision and message ids tie the log lines together.",
  },
  {
    rule: "Serverless-LambdaEventSourceMappingDestination",
    resource: "*/*",
    reason:
      "SQS mappings know no failure destination: the queue's own redrive policy keeps what fails, the worker writes the rest there.",
  },
  {
    rule: "Serverless-SQSRedrivePolicy",
    resource: "*/DeadLetterQueue/Resource",
    reason: "It is the dead-letter queue.",
  },
  // Core.
  {
    rule: "Serverless-SQSRedrivePolicy",
    resource: "bus/InboxDeadLetterQueue/Resource",
    reason: "It is the dead-letter queue.",
  },
  {
    rule: "Serverless-SQSRedrivePolicy",
    resource: "bus/DueDeadLetterQueue/Resource",
    reason: "It is the dead-letter queue.",
  },
  {
    rule: "AwsSolutions-S1",
    resource: "data/DecisionLog/Resource",
    reason:
      "Records are sealed one by one with their customers' keys; access logs would be one more store of who read what, for bytes nobody can read.",
  },
  {
    rule: "AwsSolutions-S1",
    resource: "data/Originals/Resource",
    reason:
      "Written by the functions that receive, read by nobody on the way: access logs would be one more store of who wrote when.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::<DecisionLogA39B1303.Arn>/decisions/*]",
    resource: "data/DecisionLogRole/Resource",
    reason: "The stream writes a new object every few minutes below this folder, and nowhere else.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::<DecisionLogA39B1303.Arn>/failed/*]",
    resource: "data/DecisionLogRole/Resource",
    reason: "Where the stream puts what it could not deliver, as new objects.",
  },
  {
    rule: "AwsSolutions-SMG4",
    resource: "data/identifier-key/Resource",
    reason:
      "Stored hashes were made with it. `rapport keys rotate identifier` puts a newer key beside it, when people mean it.",
  },
  {
    rule: "AwsSolutions-SMG4",
    resource: "data/link-key/Resource",
    reason:
      "Mails already sent carry links signed with it. `rapport keys rotate link` puts a newer key beside it.",
  },
  {
    rule: "AwsSolutions-SMG4",
    resource: "data/identity-key/Resource",
    reason:
      "The company's own servers sign with it, and must be given the next by people: `rapport keys rotate identity`.",
  },
  {
    rule: "AwsSolutions-COG2",
    resource: "people/People/Resource",
    reason:
      "A second factor can be set up by everybody. Requiring it is for the company to say, whose people may log in by its own directory.",
  },
  {
    rule: "AwsSolutions-COG8",
    resource: "people/People/Resource",
    reason: "The plus tier is paid for each person; what it watches for is a few colleagues' log-ins.",
  },
  // Roles.
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*]",
    resource: "console-people/Role/Resource",
    reason: "CloudWatch lists alarms by what their names begin with, and knows no narrower right to it.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsDecisionLog>/decisions/*]",
    resource: "playbook-simulate/Role/Resource",
    reason: "A simulation reads the files of the decision log; new ones come every few minutes.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsOriginals>/*]",
    resource: "receive-aws/Role/Resource",
    reason: ONE_OBJECT_EACH,
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsOriginals>/*]",
    resource: "receive-chat/Role/Resource",
    reason: ONE_OBJECT_EACH,
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsOriginals>/*]",
    resource: "receive-webhook/Role/Resource",
    reason: ONE_OBJECT_EACH,
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsOriginals>/*]",
    resource: "receive-email/Role/Resource",
    reason: ONE_OBJECT_EACH,
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsOriginals>/*]",
    resource: "converse-api/Role/Resource",
    reason: ONE_OBJECT_EACH,
  },
];

/** A function as the table looks at it. */
export interface Declared {
  /** `<group>-<name>`. */
  readonly id: string;
  readonly definition: FunctionDefinition;
}

/** The one table: what was reviewed by hand, and what follows from each function's declaration. */
export const acknowledgements = (functions: readonly Declared[]): readonly Acknowledgement[] => [
  ...ACKNOWLEDGED,
  ...functions.flatMap(routesWithoutAuthorizer),
  ...functions.flatMap(ownAcknowledgements),
  ...functions.filter(({ definition }) => definition.canary).map(roleOfCanary),
];

const routesWithoutAuthorizer = ({ id, definition }: Declared): readonly Acknowledgement[] =>
  Object.values(definition.operations ?? {}).map(({ route, scope }) => ({
    rule: "AwsSolutions-APIG4",
    resource: `${id}/${routeId(route)}`,
    reason: scope === null ? reasonWithoutKey({ id, definition }) : KEY_IN_PIPELINE,
  }));

const reasonWithoutKey = ({ id, definition }: Declared): string => {
  if (definition.withoutKey !== undefined) return definition.withoutKey;
  throw new Error(`the stack of ${id} does not say in \`withoutKey\` why some of its calls need no key`);
};

const ownAcknowledgements = ({ id, definition }: Declared): readonly Acknowledgement[] =>
  (definition.acknowledged ?? []).map((row) => ({ ...row, resource: `${id}/${row.resource}` }));

const roleOfCanary = ({ id }: Declared): Acknowledgement => ({
  rule: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
  resource: `${id}/Canary/ServiceRole/Resource`,
  reason: "The narrowest policy that AWS keeps for CodeDeploy to shift an alias; CDK attaches it.",
});

/** One finding of a pack at one construct, below `rapport-<stage>-`. */
export interface Finding {
  readonly rule: string;
  readonly resource: string;
}

/** Notes on the constructs why a rule is not followed there, for every validation of the app to read. */
export const acknowledge = (app: App, rows: readonly Acknowledgement[]): void => {
  for (const construct of app.node.findAll()) {
    const resource = belowStage(construct.node.path);
    const stage = stageOf(construct.node.path);
    for (const { reason, rule } of rows.filter((row) => pathMatches(row.resource, resource))) {
      Validations.of(construct).acknowledge({ id: rule.replace(ANY_STAGE, stage), reason });
    }
  }
};

/** True when a row of the table covers this rule at this place. */
export const covers = (row: Acknowledgement, finding: Finding): boolean =>
  isRule(row.rule, finding.rule) && pathMatches(row.resource, finding.resource);

/** Stands in a rule for the stage, where a name that is granted holds it. */
const ANY_STAGE = "<stage>";
const BEFORE = /^rapport-([a-z0-9]+)-/;

/** `rapport-prod-send-api/Role` -> `send-api/Role`: the table holds for every stage. */
export const belowStage = (path: string): string => path.replace(BEFORE, "");

const stageOf = (path: string): string => BEFORE.exec(path)?.[1] ?? "";

const isRule = (pattern: string, rule: string): boolean => {
  const [before = "", after] = pattern.split(ANY_STAGE);
  return after === undefined ? pattern === rule : rule.startsWith(before) && rule.endsWith(after);
};

const pathMatches = (pattern: string, path: string): boolean => {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  return (
    parts.length === wanted.length && wanted.every((part, index) => part === "*" || part === parts[index])
  );
};
