import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FeelDaysDuration, FeelMonthsDuration } from "#feel/index.ts";
import { readTestFile } from "#lab/kit/read-cases.ts";
import { failuresBySuite, resultsCsv, summary } from "#lab/kit/report.ts";
import { type CaseResult, runKit } from "#lab/kit/run.ts";
import { feelValue, sameValue } from "#lab/kit/values.ts";

const FILE = `<tc:testCases xmlns:tc="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<tc:modelName>m.dmn</tc:modelName>
<tc:testCase id="1" type="decisionService" invocableName="S">
  <tc:inputNode name="a"><tc:list><tc:item><tc:value xsi:type="xsd:decimal">1</tc:value></tc:item></tc:list></tc:inputNode>
  <tc:resultNode name="b" errorResult="true"><tc:expected><tc:value xsi:nil="true"/></tc:expected></tc:resultNode>
</tc:testCase>
<!-- <tc:testCase id="2"/> -->
</tc:testCases>`;

const MODEL = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="m">
<decision name="b" id="b"><variable name="b"/><literalExpression><text>1 + 1</text></literalExpression></decision>
</definitions>`;
const TEST = `<testCase id="1"><resultNode name="b" type="decision"><expected><value>2</value></expected></resultNode></testCase>`;

/** Runs cases over a model in a kit made for them, from a part of its folder on. */
function runCases(model: string, cases: string, part = "."): CaseResult[] {
  const root = mkdtempSync(join(tmpdir(), "kit-"));
  const suite = join(root, "TestCases/compliance-level-2/s");
  try {
    mkdirSync(suite, { recursive: true });
    writeFileSync(join(suite, "m.dmn"), model);
    const open = `<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>m.dmn</modelName>`;
    writeFileSync(join(suite, "s-test-01.xml"), `${open}${cases}</testCases>`);
    return runKit(join(root, part));
  } finally {
    rmSync(root, { recursive: true });
  }
}

const CASES: readonly CaseResult[] = [
  { level: "compliance-level-2", suite: "s", file: "s-test-01.xml", id: "1", passed: true, problems: [] },
  {
    level: "compliance-level-3",
    suite: "t",
    file: "t-test-01.xml",
    id: "1",
    passed: false,
    problems: ['b: got "x"'],
  },
];

describe("the runner of the compatibility kit", () => {
  it("reads cases with any prefix, and none inside of comments", () => {
    const { modelName, cases } = readTestFile(FILE, "f.xml");

    expect(modelName).toBe("m.dmn");
    expect(cases).toMatchObject([
      { id: "1", type: "decisionService", invocableName: "S", results: [{ name: "b", errorResult: true }] },
    ]);
    const [input] = cases[0]?.inputs ?? [];
    expect(input && feelValue(input.value)).toEqual([1]);
  });

  it.each([".", "TestCases", "TestCases/compliance-level-2", "TestCases/compliance-level-2/s"])(
    "finds the cases from the kit's folder %s on",
    (part) => {
      expect(runCases(MODEL, TEST, part)).toMatchObject([
        { level: "compliance-level-2", suite: "s", id: "1", problems: [] },
      ]);
    },
  );

  it("finds an output of a service by the name of its decision, whatever the number of result nodes", () => {
    const decision = (name: string, text: string): string =>
      `<decision id="${name}" name="${name}"><literalExpression><text>${text}</text></literalExpression></decision>`;
    const service = (name: string, ...outputs: string[]): string =>
      `<decisionService id="${name}" name="${name}">${outputs.map((id) => `<outputDecision href="#${id}"/>`).join("")}</decisionService>`;
    const test = (invoked: string, name: string, expected: string): string =>
      `<testCase id="${invoked}-${name}" type="decisionService" invocableName="${invoked}"><resultNode name="${name}"><expected>${expected}</expected></resultNode></testCase>`;
    const both = `<component name="a"><value>1</value></component><component name="b"><value>2</value></component>`;
    const model = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="m">
      ${decision("a", "1")}${decision("b", "2")}${decision("c", "{c: 3}")}${service("Two", "a", "b")}${service("One", "c")}</definitions>`;
    const cases = [
      test("Two", "a", "<value>1</value>"),
      test("Two", "Two", both),
      test("One", "c", `<component name="c"><value>3</value></component>`),
    ];

    expect(runCases(model, cases.join("")).map(({ id, problems }) => [id, problems])).toEqual([
      ["Two-a", []],
      ["Two-Two", []],
      ["One-c", []],
    ]);
  });

  it.each([
    ["boolean", "1", true],
    ["boolean", "0", false],
    ["yearMonthDuration", "P1Y", new FeelMonthsDuration(12)],
    ["dayTimeDuration", "PT1S", new FeelDaysDuration(1, 0)],
  ])("reads an xsd:%s %s", (type, text, expected) => {
    expect(feelValue({ kind: "value", type, text })).toEqual(expected);
  });

  it("takes numbers as equal within the kit's tolerance, and nothing else loosely", () => {
    expect(sameValue(1, 1 + 1e-9)).toBe(true);
    expect(sameValue(1, 1 + 1e-7)).toBe(false);
    expect(sameValue(1, "1")).toBe(false);
    expect(sameValue([1], [1, 2])).toBe(false);
    expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameValue(null, 0)).toBe(false);
  });

  it("writes the kit's columns, and ends with the levels that count", () => {
    expect(resultsCsv(CASES)).toBe(
      '"compliance-level-2/s","s-test-01","1","SUCCESS",""\n"compliance-level-3/t","t-test-01","1","ERROR","b: got ""x"""\n',
    );
    expect(failuresBySuite(CASES)).toEqual(["compliance-level-3/t: 1 of 1 fail", '  1: b: got "x"']);
    expect(summary(CASES)).toEqual(["non-compliant 0/0", "compliance-level-2 1/1", "compliance-level-3 0/1"]);
  });
});
