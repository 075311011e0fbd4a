import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileModel, decisionFunctions } from "#dmn/index.ts";
import {
  compile,
  contextOf,
  DATE,
  DATE_TIME,
  type FeelType,
  fromJson,
  newContext,
  toJson,
  typeOf,
} from "#feel/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/rules.md"), "utf8");
const DISCOUNT = readFileSync(join(ROOT, "playbooks/retail/decisions/discount.dmn"), "utf8");

/** The page's examples: table rows of two cells of code. */
const EXAMPLES = [...PAGE.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(([, text = "", value = ""]) => [
  text,
  value,
]);

const NOW = Date.UTC(2026, 2, 15, 9, 30);

function pageScope(): { types: Record<string, FeelType>; context: Record<string, never> } {
  const json: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? "{}");
  const days = contextOf({ birthday: DATE, memberSince: DATE });
  const values = fromJson(json, contextOf({ customer: days }));
  const functions = decisionFunctions(compileModel(DISCOUNT, { file: "discount.dmn" }));
  const context = Object.assign(newContext(), values, functions.values);
  const open = (type: FeelType): FeelType => (type.kind === "context" ? { ...type, open: true } : type);
  const types: Record<string, FeelType> = { ...functions.types, now: DATE_TIME };
  for (const [name, value] of Object.entries(context)) types[name] ??= open(typeOf(value));
  return { types, context: context as Record<string, never> };
}

describe("the page on rules", () => {
  const { types, context } = pageScope();

  it("has examples", () => {
    expect(EXAMPLES.length).toBeGreaterThan(40);
  });

  it.each(EXAMPLES)("%s is %s", (text, value) => {
    const environment = { now: NOW, zone: "UTC" };
    const rule = compile(text ?? "", types);
    const actual = rule.evaluate(
      { ...context, now: fromJson(new Date(NOW).toISOString(), DATE_TIME) },
      environment,
    );
    const expected = compile(value ?? "", {}).evaluate({}, environment);

    expect(rule.diagnostics).toEqual([]);
    expect(toJson(actual)).toEqual(toJson(expected));
  });

  it("shows a program that tells why a decision came out as it did", () => {
    const [, program = "", printed] = /```js\n([\s\S]*?)```[^`]*```text\n([\s\S]*?)```/.exec(PAGE) ?? [];
    const options = { cwd: ROOT, input: program, encoding: "utf8" } as const;

    expect(execFileSync(process.execPath, ["--input-type=module"], options)).toBe(printed);
  });

  it("shows the table that the playbook has", () => {
    const table = compileModel(DISCOUNT).decisions.get("Discount band");
    const rows = [...PAGE.matchAll(/^\| \d \| (.+) \| (.+) \| "(\w+)" \|$/gm)];
    const cells = [...DISCOUNT.matchAll(/<text>([^<]*)<\/text>/g)].map(([, text = ""]) =>
      text.replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    );

    expect(rows).toHaveLength(5);
    for (const [, orders, spent, band] of rows)
      expect(cells.join("\n")).toContain(`${orders}\n${spent}\n"${band}"`);
    expect(table?.inputs.map(({ name }) => name)).toEqual(["orders", "spent"]);
  });
});
