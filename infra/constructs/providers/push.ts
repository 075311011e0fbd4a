import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnApp } from "aws-cdk-lib/aws-pinpoint";
import { Aws } from "aws-cdk-lib/core";
import { ENV } from "#runtime/names.ts";
import type { OwnResources, OwnResourcesScope } from "../definition.ts";

/**
 * The push application of End User Messaging, still a Pinpoint app by name. Its FCM and APNs credentials are secrets of
 * the company and are set by hand (docs/deploy.md), never through a template.
 */
export const addPushSending = ({ stack, settings }: OwnResourcesScope): OwnResources => {
  const application = new CfnApp(stack, "PushApplication", { name: `rapport-${settings.stage}` });
  return {
    environment: { [ENV.pushApplicationId]: application.ref },
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
