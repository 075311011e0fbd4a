import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compile,
  conformsTo,
  equal,
  type FeelValue,
  formatValue,
  fromJson,
  NUMBER,
  STRING,
  toJson,
  typeOf,
} from "#feel/index.ts";

describe("values", () => {
  const values: fc.Arbitrary<FeelValue> = fc.letrec<{ value: FeelValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
    ),
  })).value;

  it("should equal themselves after a way through JSON", () => {
    fc.assert(
      fc.property(values, (value) => {
        const back = fromJson(JSON.parse(JSON.stringify(toJson(value))));
        expect(equal(fromJson(value), back)).toBe(true);
      }),
    );
  });

  it("should be read back from what string() writes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string({ unit: "grapheme" }), fc.boolean())), (list) => {
        expect(equal(compile(formatValue(list) ?? "", {}).evaluate({}), list)).toBe(true);
      }),
    );
  });

  it("should have a type that conforms to itself", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(conformsTo(typeOf(value), typeOf(value))).toBe(true);
      }),
    );
  });

  it("should fit the static type of what is compiled", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.string(), (x, t) => {
        const expression = compile('{n: x + 1, s: [t + "!"], b: x > 1}', { x: NUMBER, t: STRING });
        expect(conformsTo(typeOf(expression.evaluate({ x, t })), expression.type)).toBe(true);
      }),
    );
  });
});
