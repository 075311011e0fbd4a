import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { discoverFunctions } from "#infra/functions.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";
import { appUnderTest, type Template, type Templates, templatesOf } from "./assembly.ts";

/** What keeps data, and the property that names it. Tables and buckets are found by the name that core publishes. */
const STORES: Readonly<Record<string, string>> = {
  "AWS::DynamoDB::Table": "TableName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::Logs::LogGroup": "LogGroupName",
};

const publishedName = (template: Template, logicalId: string): string => {
  const parameter = Object.values(template.Resources).find(
    ({ Type, Properties }) =>
      Type === "AWS::SSM::Parameter" &&
      JSON.stringify(Properties.Value) === JSON.stringify({ Ref: logicalId }),
  );
  return String(parameter?.Properties.Name ?? `${logicalId} without a name`).replace("/rapport/prod/", "");
};

const storesOf = (templates: Templates): readonly string[] =>
  [...templates.values()].flatMap((template) =>
    Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
      const property = STORES[Type];
      if (property === undefined) return [];
      const name = Properties[property];
      return typeof name === "string"
        ? [name.replace("rapport-prod-", "rapport-<stage>-")]
        : [publishedName(template, logicalId)];
    }),
  );

interface Row {
  readonly stores: readonly string[];
  readonly path: string;
}

/** Rows of the page's tables: the stores in the first cell, the path from customerId in the last. */
const rowsOf = (page: string): readonly Row[] =>
  page
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => ({
      stores: [...(cells[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
      path: (cells[3] ?? "").trim(),
    }));

/** A row may stand for the same store of every channel's worker. */
const forEachChannel = (store: string, channels: readonly string[]): readonly string[] =>
  store.includes("<channel>") ? channels.map((channel) => store.replace("<channel>", channel)) : [store];

/** For how many days deleted items can be brought back, of every table. */
const recoveryDays = (templates: Templates): readonly unknown[] =>
  [...templates.values()].flatMap(({ Resources }) =>
    Object.values(Resources)
      .filter(({ Type }) => Type === "AWS::DynamoDB::Table")
      .map(({ Properties }) => PointInTime.parse(Properties).PointInTimeRecoverySpecification),
  );
const PointInTime = z.object({ PointInTimeRecoverySpecification: z.unknown() });

let stores: readonly string[];
let channels: readonly string[];
let backups: readonly unknown[];
let page: string;
let rows: readonly Row[];

beforeAll(async () => {
  const templates = templatesOf(await appUnderTest());
  stores = storesOf(templates);
  const folders = await discoverFunctions(PROJECT_ROOT);
  channels = folders.flatMap(({ group, name }) => (group === "send" && name !== "api" ? [name] : []));
  backups = recoveryDays(templates);
  page = await readFile(join(PROJECT_ROOT, "docs/data-map.md"), "utf8");
  rows = rowsOf(page);
}, 60_000);

describe("docs/data-map.md", () => {
  it("lists every table, bucket, queue, topic and log group once, and no other", () => {
    const listed = rows.flatMap((row) => row.stores).flatMap((store) => forEachChannel(store, channels));
    expect(listed.toSorted()).toEqual(stores.toSorted());
  });

  it("tells for each how one gets there from a customerId", () => {
    expect(rows.filter(({ path }) => path.length === 0)).toEqual([]);
  });

  it("promises an erasure no earlier than the tables' backups forget", () => {
    expect(backups.length).toBeGreaterThan(4);
    expect(new Set(backups.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 })]),
    );
    expect(page).toContain("**Erased for good after 35 days.**");
  });
});
