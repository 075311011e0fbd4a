import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import * as logs from "aws-cdk-lib/aws-logs";
import { RemovalPolicy, type Stack } from "aws-cdk-lib/core";
import { CORS } from "#runtime/http/cors.ts";
import { publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";

/** Request ids, route keys and figures only: a path or a query may hold an address or a token (docs/data-map.md). */
const ACCESS_LOG_FORMAT = {
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  routeKey: "$context.routeKey",
  status: "$context.status",
  milliseconds: "$context.responseLatency",
  error: "$context.error.responseType",
};

/** The HTTP API without routes: each function's stack adds its own. */
export const addApiResources = (stack: Stack, settings: Settings): void => {
  const api = new apigateway.CfnApi(stack, "Api", {
    name: `rapport-${settings.stage}`,
    protocolType: "HTTP",
    corsConfiguration: CORS,
  });
  const accessLogs = new logs.LogGroup(stack, "AccessLogs", {
    // Under vendedlogs the group needs no entry in the account's log resource policy, which is limited in size.
    logGroupName: `/aws/vendedlogs/rapport-${settings.stage}-api`,
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new apigateway.CfnStage(stack, "Stage", {
    apiId: api.ref,
    stageName: "$default",
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: accessLogs.logGroupArn,
      format: JSON.stringify(ACCESS_LOG_FORMAT),
    },
    defaultRouteSettings: { throttlingBurstLimit: 5_000, throttlingRateLimit: 10_000 },
  });
  publishName(stack, settings, "api/id", api.ref);
  publishName(stack, settings, "api/url", api.attrApiEndpoint);
};
