import { describe, expect, it } from "vitest";
import {
  ANY,
  compile,
  compileTree,
  compileUnaryTests,
  compileUnaryTestsTree,
  contextOf,
  formatValue,
  NUMBER,
  testsTreeOf,
  treeOf,
} from "#feel/index.ts";

const SCOPE = { customer: contextOf({ age: NUMBER, "first-visit": NUMBER }), items: ANY };
const INPUT = { customer: { age: 30, "first-visit": 7 }, items: [1, 2, 3] };
const stored = <T>(tree: T): T => JSON.parse(JSON.stringify(tree));

describe("compileTree", () => {
  it.each([
    'customer.first-visit + 1.5e2 - -3 and "a\\n\\u00e9" = null',
    '@"2025-01-31" + duration("P1D") > date("2025-02-01")',
    '@"nonsense"',
    "for i in items, j in 1..3 return i * j",
    "some x in items satisfies x > 2",
    '{ a: function(x: number) x ** 2, "b c": a(3) }.b c',
    "items[item >= 2] instance of list<number>",
    "if customer.age between 18 and 65 then 3 in (< 5, [7..9]) else count(list: items)",
  ])("should make of a stored tree what the text makes: %s", (text) => {
    const fromText = compile(text, SCOPE);
    const fromTree = compileTree(text, stored(treeOf(text, SCOPE)), SCOPE);

    expect(formatValue(fromTree.evaluate(INPUT))).toBe(formatValue(fromText.evaluate(INPUT)));
    expect(fromTree.references).toEqual(fromText.references);
    expect(fromTree.diagnostics).toEqual(fromText.diagnostics);
    expect(fromTree.type).toEqual(fromText.type);
  });

  it.each(["-", "", "< 18, [30..40)", 'not(@"2025-01-31")', "? > customer.age"])(
    "should test as the text does: %s",
    (text) => {
      const fromText = compileUnaryTests(text, NUMBER, SCOPE);
      const fromTree = compileUnaryTestsTree(text, stored(testsTreeOf(text, SCOPE)), SCOPE, {
        inputType: NUMBER,
      });

      expect(fromTree.shape).toEqual(fromText.shape);
      for (const input of [17, 30, 31, null]) {
        expect(fromTree.evaluate(INPUT, input)).toBe(fromText.evaluate(INPUT, input));
      }
    },
  );
});
