import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { checkShape } from "#domain/playbook/read/issues.ts";
import { readYaml } from "#domain/playbook/read/yaml-file.ts";

const Shape = z.strictObject({
  name: z.optional(z.string()),
  size: z.optional(z.enum(["small", "large"])),
  version: z.optional(z.literal(1)),
  isOn: z.optional(z.boolean()),
  limits: z.optional(z.record(z.string().check(z.regex(/^[a-z]+$/, "small letters")), z.number())),
  steps: z.optional(z.array(z.strictObject({ wait: z.string(), note: z.optional(z.string()) }))),
  way: z.optional(
    z.union([
      z.strictObject({ to: z.string(), by: z.string() }),
      z.strictObject({ to: z.string(), at: z.string(), on: z.string() }),
      z.array(z.string()),
    ]),
  ),
  model: z.optional(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("trees"), depth: z.number() }),
      z.strictObject({ kind: z.literal("lines") }),
    ]),
  ),
});

const findingsOf = (source: string) => {
  const { file } = readYaml("x.yaml", source);
  if (file === null) throw new Error("no YAML");
  return checkShape(Shape, file).findings.map(
    ({ line, column, code, message, expected }) =>
      `${line}:${column} ${code}: ${message}; expected ${expected}`,
  );
};
const long = (length: number): string => "x".repeat(length);

describe("what does not have the shape of its file is told at its place, with what was expected", () => {
  it.each<readonly [source: string, told: readonly string[]]>([
    ["name: a\nisOn: true\nversion: 1\n", []],
    ["name: 5\n", ["1:7 invalid-value: 5 does not fit name; expected text"]],
    ["name: null\n", ["1:7 invalid-value: Nothing does not fit name; expected text"]],
    ["name: [a]\n", ["1:7 invalid-value: A list does not fit name; expected text"]],
    ["name: { a: 1 }\n", ["1:7 invalid-value: A map does not fit name; expected text"]],
    ["isOn: yes please\n", ['1:7 invalid-value: "yes please" does not fit isOn; expected true or false']],
    ["name: true\n", ["1:7 invalid-value: true does not fit name; expected text"]],
    ["- a\n", ["1:1 invalid-value: A list does not fit the file; expected a map of fields"]],
    ["steps: 1\n", ["1:8 invalid-value: 1 does not fit steps; expected a list"]],
    ["limits: 1\n", ["1:9 invalid-value: 1 does not fit limits; expected a map of names"]],
    ["limits: { a: b }\n", ['1:14 invalid-value: "b" does not fit a; expected a number']],
    ["limits: { A1: 1 }\n", ['1:11 invalid-name: "A1" is not allowed as a name; expected small letters']],
    ["version: 2\n", ["1:10 invalid-value: 2 does not fit version; expected 1"]],
    ["size: huge\n", ['1:7 invalid-value: "huge" does not fit size; expected one of: small, large']],
    [
      "size: larg\n",
      ['1:7 invalid-value: "larg" does not fit size; expected did you mean "large"? One of: small, large'],
    ],
    ["steps:\n  - wait: a\n  - note: b\n", ['3:5 missing-field: "wait" is missing; expected text']],
    ["steps: [a]\n", ['1:9 invalid-value: "a" does not fit entry 1 of steps; expected a map of fields']],
    [
      "steps:\n  - { wait: a, note: b }\n  - { wait: a, nite: b }\n",
      ['3:16 unknown-field: There is no field "nite" here; expected did you mean "note"? One of: wait, note'],
    ],
    [
      "nam: a\nzzz: 1\n",
      [
        '1:1 unknown-field: There is no field "nam" here; expected did you mean "name"? One of: name, size, version, isOn, limits, steps, way, model',
        '2:1 unknown-field: There is no field "zzz" here; expected one of: name, size, version, isOn, limits, steps, way, model',
      ],
    ],
  ])("%j", (source, told) => {
    expect(findingsOf(source)).toEqual(told);
  });

  it("shows of a long text what fits on a line", () => {
    const shown = (text: string): string => findingsOf(`isOn: ${text}`)[0]?.split(" does not")[0] ?? "";
    expect(shown(long(58))).toBe(`1:7 invalid-value: "${long(58)}"`);
    expect(shown(long(59))).toBe(`1:7 invalid-value: "${long(56)}..."`);
  });

  it("lists 200 at most", () => {
    const steps = (count: number): string => `steps: [${Array(count).fill("a").join(", ")}]`;
    expect(findingsOf(steps(200))).toHaveLength(200);
    expect(findingsOf(steps(201))).toHaveLength(200);
    const unknown = Array.from({ length: 201 }, (_, index) => `u${index}: 1`).join("\n");
    expect(findingsOf(unknown)).toHaveLength(200);
  });
});

describe("of several shapes that something may have", () => {
  it.each<readonly [what: string, source: string, told: readonly string[]]>([
    [
      "the one of the right type speaks that needs the fewest changes",
      "way: { to: a, by: b, at: c }\n",
      ['1:22 unknown-field: There is no field "at" here; expected one of: to, by, on'],
    ],
    [
      "the one speaks that misses the fewest members",
      "way: { to: a }\n",
      ['1:6 missing-field: "by" is missing; expected text'],
    ],
    [
      "a member of the right one is told at its place",
      "way: [a, 5]\n",
      ["1:10 invalid-value: 5 does not fit entry 2 of way; expected text"],
    ],
    [
      "each is named where none has the type",
      "way: 5\n",
      ["1:6 invalid-value: 5 does not fit way; expected a map of fields, or a list"],
    ],
    [
      "told apart by a member, all values of it are named",
      "model: { kind: tree }\n",
      ['1:16 invalid-value: "tree" does not fit kind; expected did you mean "trees"? One of: trees, lines'],
    ],
    [
      "told apart by a member, its absence is told",
      "model: { depth: 3 }\n",
      ['1:8 missing-field: "kind" is missing; expected one of: trees, lines'],
    ],
    [
      "told apart by a member, the one that it names speaks",
      "model: { kind: trees, depht: 3 }\n",
      [
        '1:8 missing-field: "depth" is missing; expected a number',
        '1:23 unknown-field: There is no field "depht" here; expected did you mean "depth"? One of: kind, depth',
      ],
    ],
  ])("%s", (_what, source, told) => {
    expect(findingsOf(source)).toEqual(told);
  });
});
