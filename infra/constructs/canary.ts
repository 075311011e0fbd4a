import { LambdaDeploymentConfig, LambdaDeploymentGroup } from "aws-cdk-lib/aws-codedeploy";
import type { Stack } from "aws-cdk-lib/core";
import { addVersionAlarm, type HttpAlarmProps } from "./alarms.ts";
import type { FunctionProps } from "./definition.ts";

/** Shifts a tenth of the traffic first, the rest after five minutes, and back at once when the new version fails. */
export const addCanary = (stack: Stack, props: FunctionProps, parts: HttpAlarmProps): void => {
  new LambdaDeploymentGroup(stack, "Canary", {
    alias: parts.live,
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms: [addVersionAlarm(stack, props, parts)],
    autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
  });
};
