import { asObject, isArray, type Json, type JsonObject, objectAt, textAt } from "../aws/json.ts";
import { localAddresses, type Place } from "../aws/place.ts";
import { type Identity, INERT_TYPES, identityOf, LIVE_TYPES } from "./identities.ts";
import { asText, holds, resolve, type Scope } from "./intrinsics.ts";
import type { AssemblyStack } from "./read.ts";

/** A resource with every intrinsic function resolved. */
export type Resource = {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly identity: Identity;
};

/**
 * Resolves stack after stack, core first: parameters of type `AWS::SSM::Parameter::Value<String>` take the values
 * that earlier stacks gave to their SSM parameters. @throws Error naming an unknown type, function or parameter
 */
export function resolveStacks(stacks: readonly AssemblyStack[], place: Place): readonly Resource[] {
  const parameters = new Map<string, string>();
  const exported = new Map<string, Json>();
  return stacks.flatMap((stack) => {
    const resources = resolveStack(stack, place, parameters, exported);
    for (const resource of resources) {
      if (resource.type !== "AWS::SSM::Parameter") continue;
      parameters.set(resource.identity.ref, textAt(resource.properties, "Value") ?? "");
    }
    return resources;
  });
}

function resolveStack(
  stack: AssemblyStack,
  place: Place,
  parameters: ReadonlyMap<string, string>,
  exported: Map<string, Json>,
): readonly Resource[] {
  const { template } = stack;
  const declared = objectAt(template, "Resources");
  const identities = new Map<string, Identity>();
  const underWay = new Set<string>();

  const propertiesOf = (logicalId: string): JsonObject =>
    asObject(resolve(objectAt(objectAt(declared, logicalId), "Properties"), scope)) ?? {};
  const identify = (logicalId: string): Identity => {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = asObject(declared[logicalId]);
    if (resource === null) throw new Error(`${stack.id}: no resource named ${logicalId}`);
    if (underWay.has(logicalId)) throw new Error(`${stack.id}: ${logicalId} refers to itself`);
    underWay.add(logicalId);
    const generated = `${stack.stackName}-${logicalId}`;
    const naming = namingProperties(objectAt(resource, "Properties"), scope);
    const identity = identityOf(textAt(resource, "Type") ?? "", naming, generated, place);
    underWay.delete(logicalId);
    identities.set(logicalId, identity);
    return identity;
  };
  const scope: Scope = {
    ref: (name) => pseudoParameter(name, stack, place) ?? parameterOf(name) ?? identify(name).ref,
    attribute: (logicalId, attribute) => {
      const identity = identify(logicalId);
      return identity.attributes[attribute] ?? `${identity.ref}.${attribute}`;
    },
    imported: (name) => {
      const value = exported.get(name);
      if (value === undefined) throw new Error(`${stack.id} imports ${name}, which no earlier stack exports`);
      return value;
    },
    mapped: (map, first, second) =>
      objectAt(objectAt(objectAt(template, "Mappings"), map), first)[second] ?? null,
    condition: (name) => holds(objectAt(template, "Conditions")[name] ?? null, scope),
    finish: (text) => localAddresses(place, dynamicReferences(text)),
  };
  const parameterOf = (name: string): Json | null => {
    const parameter = asObject(objectAt(template, "Parameters")[name]);
    if (parameter === null) return null;
    const standard = textAt(parameter, "Default") ?? "";
    if (!(textAt(parameter, "Type") ?? "").startsWith("AWS::SSM::Parameter::Value")) return standard;
    return parameterValue(standard);
  };
  const parameterValue = (name: string): string => {
    const value = parameters.get(name);
    if (value === undefined)
      throw new Error(`${stack.id} reads the parameter ${name}, which no earlier stack creates`);
    return value;
  };
  const dynamicReferences = (text: string): string => {
    if (text.includes("{{resolve:secretsmanager")) {
      throw new Error(
        `${stack.id}: a secret within a template is not resolved here; the function should read it`,
      );
    }
    return text.replace(/\{\{resolve:ssm:([^}:]+)(?::\d+)?\}\}/g, (_all, name: string) =>
      parameterValue(name),
    );
  };

  const resources = Object.entries(declared).flatMap(([logicalId, value]): readonly Resource[] => {
    const resource = asObject(value) ?? {};
    const type = textAt(resource, "Type") ?? "";
    const condition = textAt(resource, "Condition");
    if (condition !== undefined && !scope.condition(condition)) return [];
    if (INERT_TYPES.has(type)) return [];
    if (!LIVE_TYPES.has(type))
      throw new Error(`the local cloud does not know the resource type ${type} (${stack.id}/${logicalId})`);
    const metadata = objectAt(resource, "Metadata");
    const identity = identify(logicalId);
    return [
      {
        stack,
        logicalId,
        type,
        properties: propertiesOf(logicalId),
        metadata: asObject(resolve(metadata, scope)) ?? {},
        identity,
      },
    ];
  });
  for (const output of Object.values(objectAt(template, "Outputs"))) {
    const exportedName = objectAt(asObject(output) ?? {}, "Export").Name;
    if (exportedName === undefined) continue;
    exported.set(asText(resolve(exportedName, scope)), resolve(asObject(output)?.Value ?? null, scope));
  }
  return resources;
}

const NAMING = [
  "Name",
  "QueueName",
  "FifoQueue",
  "TableName",
  "TopicName",
  "FunctionName",
  "StageName",
  "LogGroupName",
  "ConfigurationSetName",
  "PhoneNumber",
  "Value",
];

/** Only what names a resource: resolving all its properties could run in circles (a queue and its own policy). */
function namingProperties(properties: JsonObject, scope: Scope): JsonObject {
  const naming: { [name: string]: Json } = {};
  for (const name of NAMING) {
    const value = properties[name];
    if (value !== undefined && !isArray(value)) naming[name] = resolve(value, scope);
  }
  return naming;
}

function pseudoParameter(name: string, stack: AssemblyStack, place: Place): Json | null {
  switch (name) {
    case "AWS::Region":
      return place.region;
    case "AWS::AccountId":
      return place.account;
    case "AWS::Partition":
      return "aws";
    case "AWS::URLSuffix":
      return "amazonaws.com";
    case "AWS::StackName":
      return stack.stackName;
    case "AWS::StackId":
      return `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack.stackName}/local`;
    default:
      return null;
  }
}
