import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readYaml } from "#domain/playbook/read/yaml-file.ts";
import { suggest } from "#kernel/suggest.ts";

/** The character of the file at a place (both from 1). */
const characterAt = (
  source: string,
  { line, column }: { line: number; column: number },
): string | undefined => source.split("\n")[line - 1]?.[column - 1];

const STYLES = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;

describe("the way back from a value to its place in the file", () => {
  it.each(STYLES)("leads every visible character of a %s text to itself", (style) => {
    const words = fc.array(fc.stringMatching(/^[a-z=<>()'"\\.]{1,12}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.constantFrom(" ", "\n"), (parts, separator) => {
        const value = parts.join(style === "PLAIN" ? " " : separator);
        const source = `first: 1\nrule: ${stringify(value, { defaultStringType: style, lineWidth: 40 }).replaceAll("\n", "\n  ")}`;
        const { file } = readYaml("x.yaml", source);
        fc.pre(typeof file?.value === "object" && file.value !== null && "rule" in file.value);
        const read = String(Reflect.get(file.value, "rule"));
        const astray = [...read].flatMap((character, offset) => {
          if (/\s/.test(character)) return [];
          const written = characterAt(source, file.at(["rule"], offset));
          // Where a style cannot hold a text, the writer takes double quotes, whatever was asked for.
          const escaped = written === "\\" && '"\\'.includes(character);
          return written === character || escaped ? [] : [{ offset, character, written }];
        });
        expect(astray).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("leads a missing member to the map that lacks it", () => {
    const { file } = readYaml("x.yaml", "a:\n  b: 1\nc: 2\n");
    expect(file?.at(["a", "nothing", "deeper"])).toEqual({ file: "x.yaml", line: 2, column: 3 });
    expect(file?.atKey(["c"])).toEqual({ file: "x.yaml", line: 3, column: 1 });
  });

  it("answers any text with a value or a finding, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { file, findings } = readYaml("x.yaml", text);
        expect(file === null).toBe(findings.length > 0);
        for (const { line, column } of findings) expect(line * column).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("spelling suggestions", () => {
  it.each([
    ["ordres", "orders"],
    ["Order Complete", "Order Completed"],
    ["EMAIL", "email"],
    ["emial", "email"],
  ])("takes %j for %j", (given, meant) => {
    expect(suggest(given, ["phone", "email", "orders", "Order Completed"])).toBe(meant);
  });

  it("suggests nothing for a word like none of them", () => {
    expect(suggest("weather", ["phone", "email"])).toBeUndefined();
  });
});
