import { describe, expect, it } from "vitest";
import { expandIncludes } from "#domain/playbook/read/includes.ts";
import { BOUNDS } from "#kernel/bounds.ts";

const PATH = "templates/welcome/email.mjml";
const include = (path: string): string => `<mj-include path="${path}" />`;
const expanded = (source: string, files: Readonly<Record<string, string>>) =>
  expandIncludes(PATH, source, files);

describe("pieces that a template includes", () => {
  it.each([
    ["../_shared/a.mjml", "templates/_shared/a.mjml"],
    ["./a.mjml", "templates/welcome/a.mjml"],
    ["a.mjml", "templates/welcome/a.mjml"],
    ["..//welcome/./a.mjml", "templates/welcome/a.mjml"],
    ["../../../../a.mjml", "a.mjml"],
  ])("are found from where the template stands: %s", (path, found) => {
    const source = `<p>\n  ${include(path)}<mj-include path="${path}"> </mj-include>\n</p>`;
    expect(expanded(source, { [found]: " one\n  two\r\n" })).toEqual({
      ok: true,
      source: "<p>\n  one twoone two\n</p>",
    });
  });

  it("are found from where they stand themselves, where one includes another", () => {
    const files = {
      "templates/_shared/a.mjml": include("deep/b.mjml"),
      "templates/_shared/deep/b.mjml": "b",
    };
    expect(expanded(include("../_shared/a.mjml"), files)).toEqual({ ok: true, source: "b" });
  });

  it("that are missing are told on the template's own line, the first of them", () => {
    const files = { "templates/welcome/a.mjml": `\n\n${include("b.mjml")}` };
    expect(expanded(`\n${include("a.mjml")}\n${include("toString")}`, files)).toEqual({
      ok: false,
      code: "missing-include",
      line: 2,
      message: "There is no file templates/welcome/b.mjml to include",
      expected: "a file of this playbook",
    });
    expect(expanded(include("../../toString"), {})).toMatchObject({ ok: false, line: 1 });
  });

  it("may be four within one another, and not five", () => {
    const nested = (depth: number): Readonly<Record<string, string>> =>
      Object.fromEntries(
        Array.from({ length: depth }, (_, index) => [
          `templates/welcome/${index}.mjml`,
          index === depth - 1 ? "x" : include(`${index + 1}.mjml`),
        ]),
      );
    expect(expanded(include("0.mjml"), nested(4))).toEqual({ ok: true, source: "x" });
    expect(expanded(include("0.mjml"), nested(5))).toEqual({
      ok: false,
      code: "missing-include",
      line: 1,
      message: "Includes go too deep, or in a circle",
      expected: "at most 4",
    });
  });

  it("may be as many as the bounds say, and not one more", () => {
    const many = (count: number) =>
      expanded(include("a.mjml").repeat(count), { "templates/welcome/a.mjml": "" });
    expect(many(BOUNDS.includes)).toEqual({ ok: true, source: "" });
    expect(many(BOUNDS.includes + 1)).toEqual({
      ok: false,
      code: "too-large",
      line: 1,
      message: "The template includes too many pieces, those within pieces counted",
      expected: `at most ${BOUNDS.includes}`,
    });
  });

  it("may come with the template to as many bytes as the bounds say, and not one more", () => {
    const source = include("a.mjml");
    const room = BOUNDS.includedBytes - source.length;
    const large = (bytes: number) =>
      expanded(source, { "templates/welcome/a.mjml": `é${"x".repeat(bytes - 2)}` });
    expect(large(room).ok).toBe(true);
    expect(large(room + 1)).toEqual({
      ok: false,
      code: "too-large",
      line: 1,
      message: "The template is too large with what it includes",
      expected: `at most ${BOUNDS.includedBytes} bytes`,
    });
  });
});
