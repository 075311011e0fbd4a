import { type App, Validations } from "aws-cdk-lib/core";

/** A rule we do not follow at a place, and why. */
export interface Acknowledgement {
  /** The rule's id; with the finding in brackets where the rule tells several. */
  readonly rule: string;
  /** Construct paths below `rapport-<stage>-`; `*` stands for one whole part of a path. */
  readonly resource: string;
  readonly reason: string;
}

const KEY_IN_PIPELINE =
  "Keys are checked in the HTTP pipeline: an authorizer sees no body (a write key may be in it) and cannot answer in our error form.";
const ARN = (service: string): string => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;

/** The one reviewed table. A finding that is not in it stops a deploy; a row that no finding needs fails the tests. */
export const ACKNOWLEDGED: readonly Acknowledgement[] = [
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
      "Stored hashes were made with it: another key loses every customer. Changing it means re-hashing by key version.",
  },
  {
    rule: "AwsSolutions-SMG4",
    resource: "data/link-key/Resource",
    reason:
      "Mails already sent carry links signed with it, and people must be able to unsubscribe from them.",
  },
  // Routes without an authorizer of API Gateway's.
  { rule: "AwsSolutions-APIG4", resource: "collect-http/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "decide-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "measure-models-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "measure-outcomes-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "playbook-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "playbook-simulations-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "profile-api/*", reason: KEY_IN_PIPELINE },
  { rule: "AwsSolutions-APIG4", resource: "send-api/*", reason: KEY_IN_PIPELINE },
  {
    rule: "AwsSolutions-APIG4",
    resource: "measure-links/*",
    reason: "People follow these links from their mail: the signed token in the path is the right to act.",
  },
  {
    rule: "AwsSolutions-APIG4",
    resource: "api-not-found/*",
    reason: "It says 404 to everybody and touches nothing.",
  },
  {
    rule: "AwsSolutions-APIG4",
    resource: "api-openapi/*",
    reason: "The description of the API is for everybody.",
  },
  // Roles.
  {
    rule: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
    resource: "collect-http/Canary/ServiceRole/Resource",
    reason: "The narrowest policy that AWS keeps for CodeDeploy to shift an alias; CDK attaches it.",
  },
  {
    rule: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
    resource: "decide-api/Canary/ServiceRole/Resource",
    reason: "The narrowest policy that AWS keeps for CodeDeploy to shift an alias; CDK attaches it.",
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${ARN("ses")}:identity/*]`,
    resource: "send-email/Role/Resource",
    reason: "The playbook names the sender; SES lets only identities through that this account has verified.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::*]",
    resource: "send-email/Role/Resource",
    reason: "ses:GetAccount reads the sending rate and knows no resource.",
  },
  {
    rule: "Serverless-LambdaStarPermissions",
    resource: "send-email/Role/Resource",
    reason: "ses:GetAccount reads the sending rate and knows no resource.",
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${ARN("sms-voice")}:phone-number/*]`,
    resource: "send-sms/Role/Resource",
    reason: "The playbook names the number; only those of this account match.",
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${ARN("sms-voice")}:pool/*]`,
    resource: "send-sms/Role/Resource",
    reason: "The playbook names the pool; only those of this account match.",
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${ARN("sms-voice")}:sender-id/*]`,
    resource: "send-sms/Role/Resource",
    reason: "The playbook names the sender id; only those of this account match.",
  },
  {
    rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<BucketsDecisionLog>/decisions/*]",
    resource: "playbook-simulate/Role/Resource",
    reason: "A simulation reads the files of the decision log; new ones come every few minutes.",
  },
  // CloudFormation's own check.
  {
    rule: "CloudFormation-Validate::W3696",
    resource: "send-push/PushApplication",
    reason:
      "Only the rest of Pinpoint ends: push stays as End User Messaging, whose applications are still this resource type.",
  },
];

/** One finding of a pack at one construct, below `rapport-<stage>-`. */
export interface Finding {
  readonly rule: string;
  readonly resource: string;
}

/** Notes on the constructs why a rule is not followed there, for every validation of the app to read. */
export const acknowledge = (app: App, rows: readonly Acknowledgement[]): void => {
  for (const construct of app.node.findAll()) {
    const resource = belowStage(construct.node.path);
    for (const { reason, rule } of rows.filter((row) => pathMatches(row.resource, resource))) {
      Validations.of(construct).acknowledge({ id: rule, reason });
    }
  }
};

/** True when a row of the table covers this rule at this place. */
export const covers = (row: Acknowledgement, finding: Finding): boolean =>
  row.rule === finding.rule && pathMatches(row.resource, finding.resource);

/** `rapport-prod-send-email/Role` -> `send-email/Role`: the table holds for every stage. */
export const belowStage = (path: string): string => path.replace(/^rapport-[a-z0-9]+-/, "");

const pathMatches = (pattern: string, path: string): boolean => {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  return (
    parts.length === wanted.length && wanted.every((part, index) => part === "*" || part === parts[index])
  );
};
