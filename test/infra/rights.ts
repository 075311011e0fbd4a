import { z } from "zod";
import { resourcesOfType, type Template } from "./assembly.ts";

const many = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item)]).transform((value) => [value].flat());

const statement = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Action: many(z.string()),
  Resource: many(z.unknown()),
  Condition: z.unknown().optional(),
});
const role = z.object({
  ManagedPolicyArns: z.array(z.unknown()).default([]),
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) })).default([]),
});

/** What a role may do: resource -> actions, both as a person would say them. */
export type Rights = Readonly<Record<string, string>>;

/** `{"Fn::Join": ["", ["arn:", ...]]}`, `{Ref}`, `{"Fn::GetAtt"}` -> text; core's names for what SSM hands over. */
const textOf = (template: Template, value: unknown): string => {
  if (typeof value === "string") return value;
  const node = z
    .object({
      Ref: z.string().optional(),
      "Fn::GetAtt": z.tuple([z.string(), z.string()]).optional(),
      "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]).optional(),
    })
    .parse(value);
  if (node.Ref) return refText(template, node.Ref);
  if (node["Fn::GetAtt"]) return ownText(template, node["Fn::GetAtt"][0]);
  return (node["Fn::Join"]?.[1] ?? []).map((part) => textOf(template, part)).join("");
};

const refText = (template: Template, id: string): string => {
  if (id.startsWith("AWS::")) return "";
  return template.Parameters[id]?.Default?.replace("/rapport/prod/", "") ?? ownText(template, id);
};

const ownText = (template: Template, id: string): string => {
  const { Type = "", Properties = {} } = template.Resources[id] ?? {};
  if (Type === "AWS::Logs::LogGroup") return "own log group";
  if (Type === "AWS::SQS::Queue") return `own ${String(Properties.QueueName).replace("rapport-prod-", "")}`;
  return `own ${Type}`;
};

/** `arn::dynamodb:::table/tables/keys` -> `tables/keys`; other services keep their name before it. */
const resourceText = (template: Template, value: unknown): string =>
  textOf(template, value)
    .replace(/^arn::([\w-]+):::?/, "$1 ")
    .replace(/^dynamodb table\//, "");

const condition = z.object({
  "ForAllValues:StringLike": z.object({ "dynamodb:LeadingKeys": many(z.string()) }).optional(),
  "ForAllValues:StringEquals": z.object({ "dynamodb:Attributes": many(z.string()) }).optional(),
});

/** What narrows the actions of a statement. */
const conditionText = (given: unknown): string => {
  if (JSON.stringify(given ?? {}).includes("kms:ViaService")) return " by way of dynamodb";
  const known = condition.parse(given ?? {});
  const partitions = known["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  const attributes = known["ForAllValues:StringEquals"]?.["dynamodb:Attributes"];
  if (partitions !== undefined) return ` of ${partitions.join(" ").replaceAll("*", "...")}`;
  return attributes === undefined ? "" : ` of ${attributes.toSorted().join(" ")}`;
};

const rightsOf = (template: Template, properties: unknown): Rights => {
  const { ManagedPolicyArns, Policies } = role.parse(properties);
  const rights: Record<string, string[]> = {};
  for (const { Action, Condition, Resource } of Policies.flatMap(
    (policy) => policy.PolicyDocument.Statement,
  )) {
    const only = conditionText(Condition);
    for (const resource of Resource.map((value) => resourceText(template, value))) {
      rights[resource] = [...(rights[resource] ?? []), ...Action.map((action) => action + only)];
    }
  }
  for (const arn of ManagedPolicyArns)
    rights[textOf(template, arn).replace("arn::iam::aws:", "")] = ["managed"];
  return Object.fromEntries(
    Object.entries(rights).map(([resource, actions]) => [resource, actions.toSorted().join(", ")]),
  );
};

/** The rights of every role in a stack, by the role's place in it: `Role`, `ScheduleRole-queue-1`, ... */
export const rolesIn = (template: Template): Readonly<Record<string, Rights>> =>
  Object.fromEntries(
    resourcesOfType(template, "AWS::IAM::Role").map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ""),
      rightsOf(template, Properties),
    ]),
  );
