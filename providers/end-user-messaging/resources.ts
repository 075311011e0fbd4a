import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnConfigurationSet } from "aws-cdk-lib/aws-smsvoice";
import { Aws } from "aws-cdk-lib/core";
import type { OwnResources, OwnResourcesScope } from "#infra/constructs/definition.ts";
import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { CONFIGURATION_SET } from "./settings.ts";

/** The configuration set whose events come by the topic, and the right to send from the account's own numbers. */
const addSending = ({ stack, settings, core }: OwnResourcesScope): OwnResources => {
  const configurationSetName = `rapport-${settings.stage}`;
  const set = new CfnConfigurationSet(stack, "ConfigurationSet", {
    configurationSetName,
    eventDestinations: [
      {
        eventDestinationName: "topic",
        enabled: true,
        matchingEventTypes: ["TEXT_ALL"],
        snsDestination: { topicArn: core("topics/provider-events") },
      },
    ],
  });
  const sms = `arn:${Aws.PARTITION}:sms-voice:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
  return {
    environment: { [CONFIGURATION_SET]: set.ref },
    statements: [
      // The playbook names the origination identity: a number, a pool of numbers or a sender id of this account.
      new PolicyStatement({
        actions: ["sms-voice:SendTextMessage"],
        resources: [
          `${sms}:phone-number/*`,
          `${sms}:pool/*`,
          `${sms}:sender-id/*`,
          `${sms}:configuration-set/${configurationSetName}`,
        ],
      }),
    ],
  };
};

export const sms: ProviderResources = {
  add: addSending,
  publishers: ["sms-voice.amazonaws.com"],
  inboundPublishers: ["sms-voice.amazonaws.com"],
  busSources: ["aws.sms-voice"],
  acknowledged: [
    { kind: "phone-number", called: "number" },
    { kind: "pool", called: "pool" },
    { kind: "sender-id", called: "sender id" },
  ].map(({ kind, called }) => ({
    rule: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sms-voice:<AWS::Region>:<AWS::AccountId>:${kind}/*]`,
    resource: "Role/Resource",
    reason: `The playbook names the ${called}; only those of this account match.`,
  })),
};
