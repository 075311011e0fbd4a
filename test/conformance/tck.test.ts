import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CaseResult, runKit } from "#lab/kit/run.ts";

const KIT = join(import.meta.dirname, "../../../shared/dmn-tck");

/** Cases that call Java, which this engine does not run: they answer null with a clear warning instead. */
const JAVA = [
  "boxed_001",
  "literal_001",
  "literal_002",
  "literal_003",
  "literal_004",
  "literal_005",
  "literal_006",
  "literal_007",
  "literal_008",
  "literal_009",
  "literal_010",
  "literal_011",
  "literal_012",
  "varargs_001",
].map((id) => `0076-feel-external-java/${id}`);

function failures(results: readonly CaseResult[], level: CaseResult["level"]): string[] {
  return results
    .filter((result) => result.level === level && !result.passed)
    .map(({ suite, id }) => `${suite}/${id}`);
}

if (!existsSync(KIT)) {
  console.warn(
    `The DMN compatibility kit is not at ${KIT}, so it was skipped. To run it: git clone --depth 1 ` +
      "https://github.com/dmn-tck/tck, then npm run tck -- tck/TestCases",
  );
}

describe.runIf(existsSync(KIT))("the DMN Technology Compatibility Kit", () => {
  const results = runKit(KIT);

  it("passes every case of level 2", () => {
    const cases = results.filter(({ level }) => level === "compliance-level-2");

    expect(cases.length).toBeGreaterThan(100);
    expect(failures(results, "compliance-level-2")).toEqual([]);
  });

  it("passes every case of level 3 but those that call Java", () => {
    const cases = results.filter(({ level }) => level === "compliance-level-3");

    expect(cases.length).toBeGreaterThan(2000);
    expect(failures(results, "compliance-level-3")).toEqual(JAVA);
  });

  it("says why a call to Java is not made", () => {
    const boxed = results.find(({ suite, id }) => suite === "0076-feel-external-java" && id === "boxed_001");

    expect(boxed?.problems.join()).toContain("functions written in Java are not supported");
  });

  it("passes the optional cases, which the standard does not ask for", () => {
    expect(failures(results, "non-compliant")).toEqual([]);
  });
});
