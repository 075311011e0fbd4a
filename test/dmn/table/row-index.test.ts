import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { type FeelValue, parseDate, parseDuration } from "#feel/index.ts";
import { decision, definitions, inputData, table } from "../support/models.ts";

/** Cells with what they cover: literals, comparisons, ranges, negations, lists, expressions, null. */
const CELLS: Readonly<Record<string, readonly string[]>> = {
  number: [
    "-",
    "1",
    "-2",
    "1, 3",
    "< 2",
    ">= 2",
    "[1..3]",
    "(1..3)",
    "]0..2[",
    "not(1)",
    "not(< 2)",
    "null",
    "> 1, -2",
    "? > 1",
    "0.5",
  ],
  string: [
    "-",
    `"a"`,
    `"a", "b"`,
    `not("a")`,
    `not("a", "b")`,
    "null",
    `["a", "c"]`,
    `starts with(?, "a")`,
    `> "a"`,
  ],
  boolean: ["-", "true", "false", "not(true)", "null"],
  date: [
    "-",
    `date("2025-01-01")`,
    `< date("2025-01-02")`,
    `[date("2025-01-01")..date("2025-01-03"))`,
    `not(> @"2025-01-01")`,
    `(@"2025-01-01"..@"2025-01-02")`,
  ],
  "years and months duration": ["-", `>= duration("P1Y")`, `duration("P3M")`, `not(duration("P3M"))`],
  "days and time duration": [
    "-",
    `>= @"P1D"`,
    `@"PT36H"`,
    `(@"PT1S"..@"PT2S")`,
    `< @"PT1.5S"`,
    `not(@"PT24H")`,
    `@"-PT1S", @"PT2S"`,
  ],
};
const TYPES = Object.keys(CELLS);

const VALUES: readonly FeelValue[] = [
  null,
  ...[-2, -1, 0, -0, 0.5, 1, 1.5, 2, 3, 4, Number.NaN, Number.POSITIVE_INFINITY],
  ...["a", "b", "c", "", "abc"],
  true,
  false,
  ...["2024-12-31", "2025-01-01", "2025-01-02", "2025-01-03"].map(parseDate),
  ...["P3M", "P1Y", "P12M", "P2Y"].map(parseDuration),
  ...["P1D", "PT24H", "P1DT12H", "PT1S", "PT1.5S", "PT1.4S", "PT2S", "-PT1S", "-PT0.5S"].map(parseDuration),
  ["a"],
  { year: 2025 },
];

const POLICIES = ["FIRST", "UNIQUE", "ANY", "RULE ORDER"];

interface Sample {
  readonly types: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly values: readonly FeelValue[];
  readonly hitPolicy: string;
}

const sample: fc.Arbitrary<Sample> = fc
  .array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 })
  .chain((types) =>
    fc.record({
      types: fc.constant(types),
      rows: fc.array(fc.tuple(...types.map((type) => fc.constantFrom(...(CELLS[type] ?? ["-"])))), {
        minLength: 1,
        maxLength: 45,
      }),
      values: fc.tuple(...types.map(() => fc.constantFrom(...VALUES))),
      hitPolicy: fc.constantFrom(...POLICIES),
    }),
  );

/** The same table twice: as it is, and with cells that keep the index from knowing anything. */
function evaluate({ types, rows, values, hitPolicy }: Sample, plain: boolean, indexed: boolean): FeelValue {
  const names = types.map((_, index) => `in${index}`);
  const logic = table({
    hitPolicy,
    inputs: names.map((name, index) => `${plain ? name : `[${name}][1]`}: ${types[index]}`),
    rows: rows.map((row, index) => [...row, String(index % 7)].join(" | ")),
  });
  const declared = names.map((name, index) => inputData(name, types[index]));
  const limits = indexed ? {} : { maxIndexBytes: 0 };
  const model = compileModel(definitions(...declared, decision("D", logic, { requires: names })), { limits });
  const inputs = Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
  return model.decisions.get("D")?.evaluate(inputs) ?? null;
}

describe("the index of a decision table", () => {
  it("answers as evaluating every cell does, whatever the cells and the values", () => {
    fc.assert(
      fc.property(sample, (given) => {
        const scanned = evaluate(given, true, false);
        expect(evaluate(given, true, true)).toEqual(scanned);
      }),
      { numRuns: 400 },
    );
  });

  it("answers alike by the short way and by the index behind it", () => {
    fc.assert(
      fc.property(sample, (given) => {
        const behind = evaluate(given, false, true);
        if (given.values.every((value) => value !== null && !Array.isArray(value))) {
          expect(evaluate(given, true, true)).toEqual(behind);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("covers tables of more than 32 rows word by word", () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${index} | "row ${index}"`);
    const logic = table({ inputs: ["n: number"], rows });
    const model = compileModel(
      definitions(inputData("n", "number"), decision("D", logic, { requires: ["n"] })),
    );

    for (const n of [0, 31, 32, 63, 64, 99])
      expect(model.decisions.get("D")?.evaluate({ n })).toBe(`row ${n}`);
    expect(model.decisions.get("D")?.evaluate({ n: 100 })).toBeNull();
  });
});

describe("code made for a table", () => {
  const hostile = [
    `a"]; throw 1; //`,
    "a\\",
    "`;x",
    "__proto__",
    "constructor",
    "a\u2028b",
    "</script>",
    "length",
  ];

  it.each(hostile)("takes %j as an input's name and as a text, and nothing more", (name) => {
    const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    const cell = JSON.stringify(name).replaceAll("<", "&lt;");
    const model = compileModel(
      definitions(
        `<inputData id="i" name="${escaped}"><variable name="${escaped}" typeRef="string"/></inputData>`,
        decision(
          "D",
          `<decisionTable hitPolicy="FIRST"><input><inputExpression><text>text</text></inputExpression></input>
           <output/><rule><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>"hit"</text></outputEntry></rule>
           </decisionTable>`,
          { requires: ["text"] },
        ),
        `<inputData id="text" name="text"><variable name="text" typeRef="string"/></inputData>`,
      ),
    );

    expect(model.decisions.get("D")?.evaluate({ text: name })).toBe("hit");
    expect(model.decisions.get("D")?.evaluate({ text: "other" })).toBeNull();
  });

  it("does not mistake what every object inherits for an input", () => {
    const logic = table({
      hitPolicy: "FIRST",
      inputs: ["constructor"],
      rows: [`null | "absent"`, `- | "present"`],
    });
    const model = compileModel(
      definitions(inputData("constructor", "string"), decision("D", logic, { requires: ["constructor"] })),
    );

    expect(model.decisions.get("D")?.evaluate({})).toBe("absent");
    expect(model.decisions.get("D")?.evaluate({ constructor: "x" })).toBe("present");
  });
});
