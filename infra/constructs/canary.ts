import type { IAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from "aws-cdk-lib/aws-codedeploy";
import type { Alias } from "aws-cdk-lib/aws-lambda";
import type { Stack } from "aws-cdk-lib/core";

/** Shifts a tenth of the traffic first, the rest after five minutes, and back at once when the alarm goes off. */
export const addCanary = (stack: Stack, alias: Alias, alarm: IAlarm): void => {
  new LambdaDeploymentGroup(stack, "Canary", {
    alias,
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms: [alarm],
    autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
  });
};
