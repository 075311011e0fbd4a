import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnConfigurationSet } from "aws-cdk-lib/aws-smsvoice";
import { Aws } from "aws-cdk-lib/core";
import { ENV } from "#runtime/names.ts";
import type { OwnResources, OwnResourcesScope } from "../definition.ts";

/** The configuration set whose events come by the topic, and the right to send from the account's own numbers. */
export const addSmsSending = ({ stack, settings, core }: OwnResourcesScope): OwnResources => {
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
    environment: { [ENV.smsConfigurationSet]: set.ref },
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
