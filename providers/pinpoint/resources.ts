import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnApp } from "aws-cdk-lib/aws-pinpoint";
import { Aws } from "aws-cdk-lib/core";
import type { OwnResources, OwnResourcesScope } from "#infra/constructs/definition.ts";
import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { APPLICATION_ID } from "./settings.ts";

/**
 * The push application of End User Messaging, still a Pinpoint app by name. Its FCM and APNs credentials are secrets of
 * the company and are set by hand (docs/deploy.md), never through a template.
 */
const addSending = ({ stack, settings }: OwnResourcesScope): OwnResources => {
  const application = new CfnApp(stack, "PushApplication", { name: `rapport-${settings.stage}` });
  return {
    environment: { [APPLICATION_ID]: application.ref },
    statements: [
      new PolicyStatement({
        actions: ["mobiletargeting:SendMessages"],
        resources: [
          `arn:${Aws.PARTITION}:mobiletargeting:${Aws.REGION}:${Aws.ACCOUNT_ID}:apps/${application.ref}/messages`,
        ],
      }),
    ],
  };
};

/** Where Amazon Pinpoint is offered ("Amazon Pinpoint endpoints and quotas", November 2026). */
const REGIONS = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "us-east-1",
  "us-east-2",
  "us-gov-west-1",
  "us-west-2",
];

export const push: ProviderResources = {
  add: addSending,
  regions: REGIONS,
  acknowledged: [
    {
      rule: "CloudFormation-Validate::W3696",
      resource: "PushApplication",
      reason:
        "Only the rest of Pinpoint ends: push stays as End User Messaging, whose applications are still this resource type.",
    },
  ],
};
