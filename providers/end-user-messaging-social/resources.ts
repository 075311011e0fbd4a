import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import type { ProviderResources } from "#infra/constructs/provider-resources.ts";

const NUMBERS = `arn:${Aws.PARTITION}:social-messaging:${Aws.REGION}:${Aws.ACCOUNT_ID}:phone-number-id/*`;

/** The right to send from the account's own numbers: CloudFormation has no type for them, they are linked in the console. */
export const whatsapp: ProviderResources = {
  add: () => ({
    environment: {},
    statements: [
      // The playbook names the number.
      new PolicyStatement({
        actions: ["social-messaging:SendWhatsAppMessage"],
        resources: [NUMBERS],
      }),
    ],
  }),
  fetchingRights: () => [
    new PolicyStatement({ actions: ["social-messaging:GetWhatsAppMessageMedia"], resources: [NUMBERS] }),
  ],
  inboundPublishers: ["social-messaging.amazonaws.com"],
  acknowledged: [
    {
      rule: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:social-messaging:<AWS::Region>:<AWS::AccountId>:phone-number-id/*]",
      resource: "Role/Resource",
      reason: "The playbook names the number; only those of this account match.",
    },
  ],
};
