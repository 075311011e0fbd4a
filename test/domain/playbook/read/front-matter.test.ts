import { describe, expect, it } from "vitest";
import { readFrontMatter } from "#domain/playbook/read/front-matter.ts";

const read = (source: string) => {
  const { texts, ...rest } = readFrontMatter("x.html", source);
  return { ...rest, texts: texts.map(({ source: text, at }) => [text, at(1, 0), at(1, 4).column]) };
};
const FAULTLESS = { findings: [], texts: [] };

describe("the head of a mail template", () => {
  it("stands between two fences, and its texts know their places", () => {
    expect(
      read("---\n# a note\n\nsubject: Hi: {{ name }}\n  preheader :  'x \"y\"'  \n---  \n<p>\n---\n"),
    ).toEqual({
      fields: { subject: "Hi: {{ name }}", preheader: 'x "y"' },
      texts: [
        ["Hi: {{ name }}", { file: "x.html", line: 4, column: 9 }, 13],
        ['x "y"', { file: "x.html", line: 5, column: 16 }, 20],
      ],
      body: "<p>\n---\n",
      bodyLine: 7,
      findings: [],
    });
  });

  it.each([
    ["that is not there", "<p>\n---\n---\n"],
    ["that never ends", "---\nsubject: Hi\n"],
    ["with another fence", "----\nsubject: Hi\n----\n"],
  ])("%s leaves the whole as the body", (_what, source) => {
    expect(read(source)).toEqual({ ...FAULTLESS, fields: {}, body: source, bodyLine: 1 });
  });

  it("without a body, and without fields, is one all the same", () => {
    expect(read("---\n---")).toEqual({ ...FAULTLESS, fields: {}, body: "", bodyLine: 3 });
  });

  it.each([
    ["Hello", "front-matter", "This line is no field", "subject: followed by the text"],
    [
      "subjct: a",
      "unknown-field",
      'There is no field "subjct" here',
      'did you mean "subject"? One of: subject, preheader',
    ],
    [
      `preheader: ${"x".repeat(301)}`,
      "invalid-value",
      "This preheader is too long",
      "at most 300 characters",
    ],
    ["subject: b", "duplicate-name", "This name is given twice", "each name once"],
  ])("tells of %j on its line", (line, code, message, expected) => {
    const { fields, findings } = read(`---\nsubject: a\n${line}\n---\n`);
    expect(findings).toEqual([
      { severity: "error", file: "x.html", line: 3, column: 1, code, message, expected },
    ]);
    expect(fields).toEqual({ subject: "a" });
  });

  it("takes a text of 300 characters, and one that only begins with a quote as it stands", () => {
    const long = "x".repeat(300);
    expect(read(`---\nsubject: ${long}\npreheader: "a" b\n---\n`).fields).toEqual({
      subject: long,
      preheader: '"a" b',
    });
  });
});
