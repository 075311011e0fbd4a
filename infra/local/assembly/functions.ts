import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LOCAL } from "#providers/all.local.ts";
import { ENV, NO_DOMAIN } from "#runtime/names.ts";
import { numberAt, objectAt, textAt } from "../aws/json.ts";
import type { Place } from "../aws/place.ts";
import { functionName } from "../aws/place.ts";
import { providerAddress } from "../door/address.ts";
import { type Cors, readCors } from "../http/api.ts";
import type { FunctionSettings } from "../lambda/function.ts";
import { newerCode } from "./newer-code.ts";
import type { Resource } from "./resolve-stacks.ts";

export type HttpApiSettings = {
  readonly id: string;
  readonly cors: Cors | null;
  /** Route key and the name of the function that answers. */
  readonly routes: readonly (readonly [routeKey: string, functionName: string])[];
};

export function readFunctions(resources: readonly Resource[], place: Place): readonly FunctionSettings[] {
  return resources.map((resource) => readFunction(resource, place));
}

function readFunction(resource: Resource, place: Place): FunctionSettings {
  const { properties, identity } = resource;
  const runtime = textAt(properties, "Runtime") ?? "";
  if (!runtime.startsWith("nodejs"))
    throw new Error(
      `${resource.stack.id}/${resource.logicalId}: the local cloud runs Node only, not ${runtime}`,
    );
  const [module = "index", handlerExport = "handler"] = (textAt(properties, "Handler") ?? "").split(".");
  const environment = environmentOf(resource, place);
  const label = environment.RAPPORT_FUNCTION ?? identity.ref;
  const folder = newerCode(resource.stack.directory, label) ?? codeFolder(resource);
  return {
    name: identity.ref,
    arn: identity.attributes.Arn ?? "",
    label,
    handlerFile: pathToFileURL(findModule(resource, folder, module)).href,
    handlerExport,
    environment,
    memoryMegabytes: numberAt(properties, "MemorySize") ?? 128,
    timeoutSeconds: numberAt(properties, "Timeout") ?? 3,
    reserved: numberAt(properties, "ReservedConcurrentExecutions") ?? null,
  };
}

/** A provider's address, where a function has one, leads here. */
function environmentOf(resource: Resource, place: Place): { readonly [name: string]: string } {
  const variables = objectAt(objectAt(resource.properties, "Environment"), "Variables");
  const local = new Map(
    [...LOCAL.values()].flatMap(({ service, requests }) =>
      requests !== undefined && "addressIn" in requests
        ? [[requests.addressIn, providerAddress(place, service)]]
        : [],
    ),
  );
  // Mail comes only where a hub is tried: one that serves customers leaves answers to whoever reads its mailbox.
  if (place.logsIn !== true) local.set(ENV.inboundDomains, NO_DOMAIN);
  return Object.fromEntries(
    Object.keys(variables).map((name) => [name, local.get(name) ?? textAt(variables, name) ?? ""]),
  );
}

function codeFolder({ stack, logicalId, properties }: Resource): string {
  const key = textAt(objectAt(properties, "Code"), "S3Key") ?? "";
  const folder = stack.assets.get(key.replace(/\.[a-z]+$/, ""));
  if (folder !== undefined) return folder;
  throw new Error(`${stack.id}/${logicalId}: no asset for its code (${key})`);
}

function findModule({ stack, logicalId }: Resource, folder: string, module: string): string {
  const file = ["mjs", "js", "cjs"]
    .map((extension) => join(folder, `${module}.${extension}`))
    .find(existsSync);
  if (file === undefined) throw new Error(`${stack.id}/${logicalId}: no ${module}.mjs or .js in ${folder}`);
  return file;
}

export function readHttpApi(resources: readonly Resource[], place: Place): HttpApiSettings | null {
  const apis = resources.filter((resource) => resource.type === "AWS::ApiGatewayV2::Api");
  const [api] = apis;
  if (api === undefined) return null;
  if (apis.length > 1)
    throw new Error(
      `the local cloud serves one HTTP API at ${place.apiUrl}, the assembly has ${apis.length}`,
    );
  if (textAt(api.properties, "ProtocolType") !== "HTTP")
    throw new Error(`${api.stack.id}/${api.logicalId}: only HTTP APIs are known`);
  const integrations = new Map(
    resources
      .filter((resource) => resource.type === "AWS::ApiGatewayV2::Integration")
      .map((resource) => [`${resource.stack.id}/${resource.identity.ref}`, functionOfIntegration(resource)]),
  );
  const routes = resources
    .filter((resource) => resource.type === "AWS::ApiGatewayV2::Route")
    .map((resource): readonly [string, string] => {
      const integration = (textAt(resource.properties, "Target") ?? "").replace("integrations/", "");
      const target = integrations.get(`${resource.stack.id}/${integration}`);
      if (target === undefined)
        throw new Error(`${resource.stack.id}/${resource.logicalId}: no integration ${integration}`);
      return [textAt(resource.properties, "RouteKey") ?? "$default", target];
    });
  return { id: api.identity.ref, cors: readCors(api.properties), routes };
}

function functionOfIntegration(resource: Resource): string {
  const { properties } = resource;
  const version = textAt(properties, "PayloadFormatVersion");
  if (textAt(properties, "IntegrationType") !== "AWS_PROXY" || version !== "2.0") {
    throw new Error(
      `${resource.stack.id}/${resource.logicalId}: only AWS_PROXY integrations with payload format 2.0 are known`,
    );
  }
  const uri = textAt(properties, "IntegrationUri") ?? "";
  // CDK's own integrations wrap the function's ARN: arn:aws:apigateway:<region>:lambda:path/.../functions/<arn>/invocations
  return functionName(/functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri);
}
