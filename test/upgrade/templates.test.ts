import { describe, expect, it } from "vitest";
import { z } from "zod";
import { appUnderTest, templatesOf } from "../infra/assembly.ts";
import { lastRelease, nameToday } from "./last-release.ts";

/** What holds data, or is known by its name to what holds data: replacing one loses what is in it. */
const STATEFUL = new Set([
  "AWS::DynamoDB::Table",
  "AWS::Events::EventBus",
  "AWS::KMS::Key",
  "AWS::KinesisFirehose::DeliveryStream",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
]);
/** Properties whose change makes CloudFormation replace the resource ("Update requires: Replacement"). */
const REPLACING = [
  "BucketName",
  "DeliveryStreamName",
  "DeliveryStreamType",
  "FifoQueue",
  "GenerateSecretString",
  "KeySchema",
  "KeySpec",
  "KeyUsage",
  "LocalSecondaryIndexes",
  "Name",
  "QueueName",
  "TableName",
  "TopicName",
];

const Resource = z.object({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
type Resource = z.infer<typeof Resource>;
const Template = z.object({ Resources: z.record(z.string(), Resource) });
type Found = { readonly stack: string; readonly logicalId: string; readonly resource: Resource };

const statefulIn = (templates: Iterable<readonly [string, unknown]>): readonly Found[] =>
  [...templates].flatMap(([name, text]) =>
    Object.entries(Template.parse(text).Resources)
      .filter(([, { Type }]) => STATEFUL.has(Type))
      .map(([logicalId, resource]) => ({
        stack: name.replace(/^rapport-[a-z0-9]+-/, ""),
        logicalId,
        resource,
      })),
  );
const idOf = ({ stack, logicalId }: Found): string => `${stack}/${logicalId}`;

const identityOf = ({ Type, DeletionPolicy, Properties }: Resource) => ({
  Type,
  // Of one that is there already it says the same: "except on create" is about a first deploy that fails.
  DeletionPolicy: DeletionPolicy === "RetainExceptOnCreate" ? "Retain" : DeletionPolicy,
  ...Object.fromEntries(REPLACING.map((name) => [name, Properties[name]])),
});
/** The types of key attributes: those of another index may come along. */
const keyTypesOf = ({ Properties }: Resource): readonly unknown[] =>
  Array.isArray(Properties.AttributeDefinitions) ? Properties.AttributeDefinitions : [];
const indexesOf = ({ Properties }: Resource): readonly unknown[] =>
  Array.isArray(Properties.GlobalSecondaryIndexes) ? Properties.GlobalSecondaryIndexes : [];

const before = statefulIn(
  [...lastRelease.templates].map(([stack, template]): [string, unknown] => [
    nameToday(stack),
    JSON.parse(nameToday(JSON.stringify(template))),
  ]),
);
const today = new Map(
  statefulIn(templatesOf(await appUnderTest())).map((found) => [idOf(found), found.resource]),
);
const kept = before.flatMap((found) => {
  const resource = today.get(idOf(found));
  return resource === undefined ? [] : [{ id: idOf(found), was: found.resource, is: resource }];
});

describe("an update of the last release's stacks", () => {
  it("keeps every table, bucket, queue, topic, stream, bus, key and secret under its logical id", () => {
    expect(before.length).toBeGreaterThan(30);
    expect(before.map(idOf).filter((id) => !today.has(id))).toEqual([]);
  });

  it("replaces none of them, and deletes none with its stack that was to stay", () => {
    const all = (which: "was" | "is") =>
      Object.fromEntries(kept.map((one) => [one.id, identityOf(one[which])]));
    expect(all("is")).toEqual(all("was"));
  });

  it("keeps the indexes of every table, and adds at most one to each: CloudFormation makes one at a time", () => {
    const tables = kept.filter(({ was }) => was.Type === "AWS::DynamoDB::Table");
    expect(tables).toHaveLength(6);
    for (const { id, was, is } of tables) {
      expect(indexesOf(is), id).toEqual(expect.arrayContaining([...indexesOf(was)]));
      expect(keyTypesOf(is), id).toEqual(expect.arrayContaining([...keyTypesOf(was)]));
      expect(indexesOf(is).length, id).toBeLessThanOrEqual(indexesOf(was).length + 1);
    }
  });
});
