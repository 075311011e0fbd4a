import { CfnIntegration, CfnRoute } from "aws-cdk-lib/aws-apigatewayv2";
import { type Alias, CfnPermission } from "aws-cdk-lib/aws-lambda";
import { Aws, type Stack } from "aws-cdk-lib/core";
import type { Route } from "#runtime/http/operation.ts";

interface RoutesProps {
  readonly routes: readonly Route[];
  readonly apiId: () => string;
}

const pathOf = (route: Route): string => (route === "$default" ? "" : route.slice(route.indexOf("/")));

const idOf = (text: string): string =>
  text
    .replace(/[^a-zA-Z0-9]+/g, " ")
    .trim()
    .replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());

/** The construct of a route, by which the nag table names it. */
export const routeId = (route: Route): string => `Route-${idOf(route)}`;

/** Puts a function's routes on core's HTTP API, with the request in payload format 2.0. */
export const addRoutes = (stack: Stack, live: Alias, props: RoutesProps): void => {
  const apiId = props.apiId();
  const integration = new CfnIntegration(stack, "Integration", {
    apiId,
    integrationType: "AWS_PROXY",
    integrationUri: live.functionArn,
    payloadFormatVersion: "2.0",
  });
  for (const routeKey of props.routes) {
    new CfnRoute(stack, routeId(routeKey), {
      apiId,
      routeKey,
      authorizationType: "NONE",
      target: `integrations/${integration.ref}`,
    });
  }
  for (const path of new Set(props.routes.map(pathOf))) {
    new CfnPermission(stack, `Permission-${idOf(path) || "Default"}`, {
      action: "lambda:InvokeFunction",
      functionName: live.functionArn,
      principal: "apigateway.amazonaws.com",
      // `<stage>/<method><path>`, the path with its {parameters} as the route has them ({proxy+} too). The catch-all has no path.
      sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${apiId}/*/${path === "" ? "$default" : `*${path}`}`,
    });
  }
};
