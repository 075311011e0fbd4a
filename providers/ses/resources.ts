import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnReceiptRule,
  CfnReceiptRuleSet,
} from "aws-cdk-lib/aws-ses";
import { Aws } from "aws-cdk-lib/core";
import type { OwnResources, OwnResourcesScope } from "#infra/constructs/definition.ts";
import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { MAILS } from "#infra/constructs/receiving.ts";
import { CONFIGURATION_SET } from "./settings.ts";

/**
 * What SES tells by the topic that queues behind it; names as CloudFormation spells them. Not `open` and `click`: asking
 * for them makes SES rewrite every link, the unsubscribe page's too, and count a second time what `measure/links` counts.
 */
const EVENTS = [
  "bounce",
  "complaint",
  "delivery",
  "deliveryDelay",
  "reject",
  "renderingFailure",
  "subscription",
];
/** What must not be lost goes a second way, by the account's default bus. */
const SECOND_WAY = ["bounce", "complaint", "reject", "subscription"];

/** The SES configuration set with its two ways for events, and the right to send through it from verified identities. */
const addSending = ({ stack, settings, core }: OwnResourcesScope): OwnResources => {
  const name = `rapport-${settings.stage}`;
  const set = new CfnConfigurationSet(stack, "ConfigurationSet", {
    name,
    reputationOptions: { reputationMetricsEnabled: true },
    sendingOptions: { sendingEnabled: true },
  });
  new CfnConfigurationSetEventDestination(stack, "EventsToTopic", {
    configurationSetName: set.ref,
    eventDestination: {
      name: "topic",
      enabled: true,
      matchingEventTypes: EVENTS,
      snsDestination: { topicArn: core("topics/provider-events") },
    },
  });
  new CfnConfigurationSetEventDestination(stack, "EventsToBus", {
    configurationSetName: set.ref,
    eventDestination: {
      name: "bus",
      enabled: true,
      matchingEventTypes: SECOND_WAY,
      eventBridgeDestination: {
        eventBusArn: `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`,
      },
    },
  });
  const ses = `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
  return {
    environment: { [CONFIGURATION_SET]: set.ref },
    statements: [
      // The playbook names the sender, so any identity that this account has verified may be it.
      new PolicyStatement({
        actions: ["ses:SendEmail"],
        resources: [`${ses}:identity/*`, `${ses}:configuration-set/${name}`],
      }),
      // The sending rate to keep to; the call knows no resource.
      new PolicyStatement({ actions: ["ses:GetAccount"], resources: ["*"] }),
    ],
  };
};

/**
 * The receipt rule that puts mail to our domains among the originals. It joins the set that was chosen, or one of its own:
 * which set is active is the account's to say, for others may receive by it (README.md).
 */
const addReceiving = ({ stack, settings, core }: OwnResourcesScope): void => {
  const { inboundDomains, receiptRuleSet } = settings;
  if (inboundDomains.length === 0) return;
  const name = `rapport-${settings.stage}`;
  const ruleSetName =
    receiptRuleSet ?? new CfnReceiptRuleSet(stack, "ReceiptRules", { ruleSetName: name }).ref;
  new CfnReceiptRule(stack, "Receipt", {
    ruleSetName,
    rule: {
      name,
      enabled: true,
      scanEnabled: true,
      tlsPolicy: "Optional",
      recipients: inboundDomains.filter((domain) => domain !== "*"),
      actions: [{ s3Action: { bucketName: core("buckets/originals"), objectKeyPrefix: MAILS } }],
    },
  });
};

export const email: ProviderResources = {
  add: addSending,
  receive: addReceiving,
  mailKeepers: ["ses.amazonaws.com"],
  publishers: ["ses.amazonaws.com"],
  busSources: ["aws.ses"],
  // Where SES puts an account under review; it pauses sending at twice to five times as many ("Reputation metrics").
  reputation: { bounces: 0.05, complaints: 0.001 },
  acknowledged: [
    {
      rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]",
      resource: "Role/Resource",
      reason:
        "The playbook names the sender; SES lets only identities through that this account has verified.",
    },
    {
      rule: "AwsSolutions-IAM5[Resource::*]",
      resource: "Role/Resource",
      reason: "ses:GetAccount reads the sending rate and knows no resource.",
    },
    {
      rule: "Serverless-LambdaStarPermissions",
      resource: "Role/Resource",
      reason: "ses:GetAccount reads the sending rate and knows no resource.",
    },
  ],
};
