import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Acknowledgement } from "#infra/constructs/definition.ts";
import { loadDefinition } from "#infra/functions.ts";
import { acknowledgements, covers, type Finding } from "#infra/nag.ts";
import { checkWithNag, findingsOf } from "#infra/nag-packs.ts";
import { appUnderTest, functionsUnderTest } from "./assembly.ts";

/** CDK's own check of the templates writes its warnings here. */
const report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

const warningsOf = async (assembly: string): Promise<readonly Finding[]> => {
  const { pluginReports } = report.parse(
    JSON.parse(await readFile(join(assembly, "validation-report.json"), "utf8")),
  );
  return pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({
        rule: `${pluginName.replaceAll(" ", "-")}::${ruleName}`,
        resource: constructPath.replace(/^rapport-prod-/, ""),
      })),
    ),
  );
};

let findings: readonly Finding[];
let table: readonly Acknowledgement[];

beforeAll(async () => {
  const declared = (await functionsUnderTest()).map(async (folder) => ({
    id: folder.id,
    definition: await loadDefinition(folder),
  }));
  table = acknowledgements(await Promise.all(declared));
  const app = await appUnderTest({}, []);
  findings = [...findingsOf(app), ...(await warningsOf(app.synth().directory))];
}, 60_000);

describe("the AwsSolutions and Serverless packs", () => {
  it("find nothing that the reviewed table does not explain", () => {
    const unexplained = findings.filter((finding) => !table.some((row) => covers(row, finding)));
    expect(unexplained).toEqual([]);
  });

  it("still find everything that the table explains", () => {
    const stale = table.filter((row) => !findings.some((finding) => covers(row, finding)));
    expect(stale).toEqual([]);
  });

  it("let the app pass with the table, without a warning left", async () => {
    const app = await appUnderTest();
    checkWithNag(app);
    expect(await warningsOf(app.synth().directory)).toEqual([]);
  });
});
