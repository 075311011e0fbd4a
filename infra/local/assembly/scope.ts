import { isList, type Json, type JsonObject } from "#kernel/json.ts";
import { asObject, objectAt, textAt } from "../aws/json.ts";
import { localAddresses, type Place } from "../aws/place.ts";
import type { Identity } from "../door/identify.ts";
import { identityOf } from "./identities.ts";
import { holds, resolve, type Scope } from "./intrinsics.ts";
import type { AssemblyStack } from "./read.ts";

/** What earlier stacks left for the later ones, and where all of them are. */
export type Known = {
  readonly place: Place;
  /** Values of SSM parameters by name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Exported outputs by name. */
  readonly exported: ReadonlyMap<string, Json>;
};
export type StackScope = {
  readonly scope: Scope;
  /** The name and attributes of a resource of the stack. @throws Error when there is no such resource */
  readonly identify: (logicalId: string) => Identity;
};

/** What the intrinsic functions of a stack's template refer to. */
export function scopeOf(stack: AssemblyStack, { place, parameters, exported }: Known): StackScope {
  const { template } = stack;
  const declared = objectAt(template, "Resources");
  const identities = new Map<string, Identity>();
  const underWay = new Set<string>();

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
  return { scope, identify };
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
    if (value !== undefined && !isList(value)) naming[name] = resolve(value, scope);
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
