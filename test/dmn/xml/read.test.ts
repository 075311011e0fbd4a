import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel, DmnError } from "#dmn/index.ts";
import { placeOf } from "#dmn/source/source-text.ts";
import { offsetInText } from "#dmn/xml/place.ts";
import { readXml } from "#dmn/xml/read.ts";
import { RICH } from "../support/models.ts";

function xmlError(text: string): string {
  try {
    readXml({ file: "f.xml", text });
  } catch (error) {
    if (error instanceof DmnError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

describe("reading XML", () => {
  it("reads elements, attributes, namespaces, references and CDATA", () => {
    const root = readXml({
      file: "f.xml",
      text: `\ufeff<?xml version="1.0"?><!-- c --><a xmlns="urn:a" xmlns:p='urn:p' p:x="1 &amp; &#x32;"><p:b/>t&lt;<![CDATA[<&]]>\r\nu</a>`,
    });

    expect(root).toMatchObject({ local: "a", uri: "urn:a", text: "t<<&\nu" });
    expect(root.attributes.find(({ local }) => local === "x")).toMatchObject({
      uri: "urn:p",
      value: "1 & 2",
    });
    expect(root.children).toMatchObject([{ name: "p:b", local: "b", uri: "urn:p" }]);
  });

  it.each([
    ["", "f.xml:1:1: the file has no element"],
    ["<a>\n  <b></a>", "f.xml:2:6: unexpected </a>, expected </b>"],
    ["<a>\n<b>", "f.xml:2:1: <b> is not closed"],
    [`<a x="1" x="2"/>`, `f.xml:1:10: the attribute "x" is given twice`],
    ["<a>&nbsp;</a>", "f.xml:1:4: `&nbsp;` is no reference that XML knows"],
    ["<a>\u0000</a>", "f.xml:1:4: a character that XML does not allow"],
    ["<a/><b/>", "f.xml:1:5: a second root element"],
    ["<p:a/>", `f.xml:1:1: the prefix of "p:a" is not declared`],
    ["text", "f.xml:1:1: text outside of the root element"],
  ])("refuses %j with its place", (text, message) => {
    expect(xmlError(text)).toBe(message);
  });

  it("refuses document types: no external entities, no entities that grow", () => {
    const external = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`;
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>`;

    expect(xmlError(external)).toBe("f.xml:1:1: a document type declaration is not allowed");
    expect(xmlError(laughs)).toBe("f.xml:2:1: a document type declaration is not allowed");
  });

  it("bounds length, depth and number of elements", () => {
    expect(xmlError("<a>".repeat(500))).toContain("nested deeper than 200");
    expect(xmlError(`<a>${" ".repeat(5_000_001)}</a>`)).toContain("longer than 5000000");
    expect(() =>
      readXml({ file: "f", text: `<a>${"<b/>".repeat(20)}</a>` }, { ...limits(), maxElements: 10 }),
    ).toThrow("more than 10 elements");
  });

  it("takes memory for what is written, whatever the number of namespaces around it", () => {
    const declared = (count: number, prefix: string): string =>
      Array.from({ length: count }, (_, index) => ` xmlns:${prefix}${index}="u"`).join("");
    const text = `<a${declared(4000, "p")}>${`<b xmlns:q="v"><q:c/><p3999:d/></b>`.repeat(4000)}<q0:x xmlns:q0="w"/></a>`;
    const before = process.memoryUsage().heapUsed;
    const root = readXml({ file: "f.xml", text });

    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
    expect(root.children).toHaveLength(4001);
    expect(root.children[7]?.children.map(({ uri }) => uri)).toEqual(["v", "u"]);
    expect(xmlError(`<a><b xmlns:q="v"/><q:c/></a>`)).toContain('the prefix of "q:c" is not declared');
  });

  it("counts lines from 1, as its line feeds end them", () => {
    const source = { file: "f.xml", text: "\na\u2028\r\n\nb" };

    expect([0, 1, 2, 4, 5, 6, 9].map((offset) => placeOf(source, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 2, column: 4 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ]);
    expect(placeOf({ file: "f.xml", text: "" }, 5)).toEqual({ line: 1, column: 1 });
  });

  it("finds the place of a character behind references, CDATA and CRLF", () => {
    const text = "<a>1 &lt;\r\n<![CDATA[<]]> &#x1F600; end</a>";
    const source = { file: "f.xml", text };
    const root = readXml(source);
    const index = root.text.indexOf("end");

    expect(placeOf(source, offsetInText(source, root, index))).toEqual({ line: 2, column: 25 });
  });
});

function limits() {
  return {
    maxXmlLength: 1000,
    maxDepth: 10,
    maxElements: 100,
    maxRows: 10,
    maxCallDepth: 10,
    maxIterations: 10,
    maxIndexBytes: 10,
  };
}

describe("any text given as a model", () => {
  const check = (text: string): void => {
    const model = compileModel(text, { limits: { maxIterations: 1000 } });
    for (const { line, column, message } of model.diagnostics) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toBe("");
    }
    for (const callable of model.decisions.values()) callable.evaluate({ tier: "gold" });
  };

  it("compiles or gives located errors, for random text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 300 });
  });

  it("compiles or gives located errors, for damaged models", () => {
    const damage = fc.record({
      at: fc.nat(RICH.length),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.string({ maxLength: 5 }),
        fc.constantFrom("<", ">", "&", '"', "</", "]]>", "<![CDATA[", "<!--"),
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        let text = RICH;
        for (const { at, remove, insert } of damages)
          text = text.slice(0, at) + insert + text.slice(at + remove);
        check(text);
      }),
      { numRuns: 600 },
    );
  });

  it("compiles or gives located errors, for models whose elements were moved about", () => {
    const tags = RICH.match(/<\/?[a-zA-Z]+[^>]*>|[^<]+/g) ?? [];
    const shuffled = fc.shuffledSubarray(tags, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(tags.length), shuffled, (at, moved) => {
        check([...tags.slice(0, at), ...moved, ...tags.slice(at)].join(""));
      }),
      { numRuns: 200 },
    );
  });
});
