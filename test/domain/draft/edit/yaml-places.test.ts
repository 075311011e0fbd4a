import { describe, expect, it } from "vitest";
import { readYamlForm } from "#domain/draft/edit/yaml-edit.ts";
import { pathAt, placeIn, spanAt } from "#domain/draft/edit/yaml-places.ts";
import { dashOf, indentAt, lastLineEnd, lineEnd, lineStart } from "#domain/draft/edit/yaml-tree.ts";

const TEXT = `segments:
  loyal:
    if: orders > 3
    titles: { en: Loyal, de: Treue }
  new:
caps:
  - { name: day, max: 2 }
  - name: week
    max: 5
note: |
  two
  lines
`;

const document = readYamlForm(TEXT)?.document ?? expect.fail("the text can be read");
const placeOf = (part: string, more = 0): number => TEXT.indexOf(part) + more;
const textAt = (...path: (string | number)[]): string | null => {
  const span = spanAt(document, path);
  return span === null ? null : TEXT.slice(span.at, span.end);
};

describe("the way to what stands at a place", () => {
  it("leads through names and items, as deep as it goes, from the name of a value and from its end", () => {
    const ways: [string, number, (string | number)[]][] = [
      ["segments", 0, ["segments"]],
      ["loyal:", 3, ["segments", "loyal"]],
      ["orders > 3", "orders > 3".length, ["segments", "loyal", "if"]],
      ["Treue", 0, ["segments", "loyal", "titles", "de"]],
      ["new:", 3, ["segments", "new"]],
      ["max: 2", 0, ["caps", 0, "max"]],
      ["week", 4, ["caps", 1, "name"]],
    ];
    for (const [part, more, way] of ways) expect(pathAt(document, placeOf(part, more))).toEqual(way);
  });

  it("is none before the first name, and behind the last", () => {
    expect(pathAt(document, TEXT.length + 5)).toEqual([]);
    expect(pathAt(readYamlForm("# head\n\na: 1\n")?.document ?? document, 2)).toEqual([]);
  });
});

describe("the text of what stands at a path", () => {
  it("begins with its name, where it has one, and ends with its value", () => {
    expect(textAt("segments", "loyal", "if")).toBe("if: orders > 3");
    expect(textAt("segments", "loyal", "titles", "de")).toBe("de: Treue");
    expect(textAt("caps", 0)).toBe("{ name: day, max: 2 }");
    expect(textAt("caps", 0, "name")).toBe("name: day");
  });

  it("is the name alone where that has no value, and none where nothing stands", () => {
    expect(textAt("segments", "new")).toMatch(/^new:?$/);
    expect(textAt("segments", "gone")).toBeNull();
    expect(textAt("caps", 7)).toBeNull();
  });
});

describe("a place of a text", () => {
  it("is that of its line and column, and of the last line where there are fewer", () => {
    expect(placeIn(TEXT, 1, 1)).toBe(0);
    expect(placeIn(TEXT, 3, 5)).toBe(placeOf("if:"));
    expect(placeIn("one\ntwo", 9, 2)).toBe(5);
  });

  it("has a line around it", () => {
    expect(TEXT.slice(lineStart(TEXT, placeOf("orders")), lineEnd(TEXT, placeOf("orders")))).toBe(
      "    if: orders > 3",
    );
    expect([lineStart("ab", 1), lineEnd("ab", 1)]).toEqual([0, 2]);
    expect(indentAt(TEXT, placeOf("titles"))).toBe("    ");
  });

  it("has its last line where its value ends, also of a block whose line end is part of it", () => {
    const note = { at: placeOf("|"), end: placeOf("lines\n", "lines\n".length) };
    expect(lastLineEnd(TEXT, note)).toBe(placeOf("lines\n", "lines".length));
    expect(lastLineEnd("a: |\n  x\n\n\nb: 1\n", { at: 3, end: 11 })).toBe(8);
    expect(lastLineEnd("a: \n", { at: 3, end: 4 })).toBe(3);
  });

  it("has the dash of its item before it, also where that item is a dash itself", () => {
    expect(dashOf(TEXT, { at: placeOf("name: week"), end: 0 })).toBe(placeOf("- name: week"));
    expect(dashOf("- -1\n", { at: 2, end: 4 })).toBe(0);
    expect(dashOf("--\n", { at: 1, end: 2 })).toBe(0);
  });
});
