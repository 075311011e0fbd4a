import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planLines, planOf } from "#cli/prove/plan.ts";
import { localReceipt } from "#cli/prove/receipt-files.ts";
import { testAssembly } from "#test/support/hub/assembly.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rapport-plan-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const template = (name: string, resources: readonly object[]): void =>
  writeFileSync(
    join(folder, `${name}.template.json`),
    JSON.stringify({ Resources: Object.fromEntries(resources.map((one, index) => [`R${index}`, one])) }),
  );
const TOLD = { ...localReceipt().figures, requestsByFunctions: 90, requestsByServices: 10, dollars: 0.001 };

describe("the plan of a proof", () => {
  it("counts stacks and resources, and the share of a month that each stands", () => {
    template("rapport-test-data", [{ Type: "AWS::KMS::Key" }, { Type: "AWS::DynamoDB::Table" }]);
    template("rapport-test-a", [
      { Type: "AWS::CloudWatch::Alarm", Properties: { MetricName: "Errors" } },
      {
        Type: "AWS::CloudWatch::Alarm",
        Properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: "a/b" }] },
      },
    ]);
    const plan = planOf(folder, "test", TOLD);
    expect(plan.stacks).toEqual([
      { name: "rapport-test-a", resources: 2 },
      { name: "rapport-test-data", resources: 2 },
    ]);
    expect(plan.resources).toEqual({
      "AWS::CloudWatch::Alarm": 2,
      "AWS::DynamoDB::Table": 1,
      "AWS::KMS::Key": 1,
    });
    const share = plan.hours / 730;
    expect(plan.standing).toContainEqual({ what: "AWS::KMS::Key", count: 1, dollars: share });
    expect(plan.standing).toContainEqual({
      what: "metrics that alarms look at",
      count: 3,
      dollars: expect.closeTo(0.3 * share, 9),
    });
    expect(plan.used.requests % 100).toBe(0);
    const standing = plan.standing.reduce((sum, { dollars }) => sum + dollars, 0);
    expect(plan.dollars).toBeCloseTo(standing + plan.used.dollars, 9);
  });

  it("is under two dollars for the whole project, and says so in its last lines", async () => {
    const assembly = await testAssembly();
    const plan = planOf(assembly, "test", localReceipt().figures);
    expect(plan.stacks.length).toBeGreaterThan(20);
    expect(plan.dollars).toBeGreaterThan(0.01);
    expect(plan.dollars).toBeLessThan(2);
    expect(planLines(plan).join("\n")).toContain(`$${plan.dollars.toFixed(4)}`);
  });
});
