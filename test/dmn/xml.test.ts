import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel, DmnError, readDmn, writeDmn } from "../../shared/dmn/index.ts";
import { readXml } from "../../shared/dmn/xml/read.ts";
import { offsetInText, placeOf } from "../../shared/dmn/xml/source.ts";
import { decision, definitions, inputData, literal, table } from "./models.ts";

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

const RICH = definitions(
  `<itemDefinition name="tTier" id="t"><description>levels</description><typeRef>string</typeRef><allowedValues><text>"gold", "basic"</text></allowedValues></itemDefinition>`,
  inputData("tier", "tTier"),
  decision(
    "Offer",
    table({
      hitPolicy: "COLLECT",
      aggregation: "SUM",
      inputs: ["tier: tTier"],
      rows: [`"gold" | 1`, "- | 2 < 3"],
    }),
    { requires: ["tier"] },
  ),
  `<decision id="B" name="B"><question>why?</question><variable name="B"/>
   <context><contextEntry><variable name="a" typeRef="number"/>${literal("1")}</contextEntry><contextEntry>
   <conditional><if>${literal("true")}</if><then>${literal("1")}</then><else><list>${literal("2")}</list></else></conditional></contextEntry></context></decision>`,
  `<textAnnotation id="n"><text>note</text></textAnnotation>`,
  `<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"><dmndi:DMNDiagram id="d"/></dmndi:DMNDI>`,
);

/** A model without the places of its parts. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.trim() : value;
  const kept = Object.entries(value).filter(
    ([key]) => !["xml", "textXml", "source", "at", "contentAt"].includes(key),
  );
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutPlaces(entry)]));
}

describe("writing a model", () => {
  it("writes what it read, with what it does not interpret", () => {
    const model = readDmn(RICH);
    const written = writeDmn(model);

    expect(withoutPlaces(readDmn(written))).toEqual(withoutPlaces(model));
    expect(written).toContain("<question>why?</question>");
    expect(written).toContain("<dmndi:DMNDiagram");
    expect(writeDmn(readDmn(written))).toBe(written);
  });

  it("keeps the schema's order where the model's own namespace has a prefix", () => {
    const text = `<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
      <d:inputData id="i" name="i"><d:variable name="i" typeRef="t"/></d:inputData>
      <d:itemDefinition name="t"><d:typeRef>string</d:typeRef><d:allowedValues><d:importedValues namespace="n" importType="x" importedElement="e"/></d:allowedValues></d:itemDefinition>
      <d:organizationUnit id="o" name="o"/>
      <x:DMNDI xmlns:x="https://www.omg.org/spec/DMN/20230324/DMNDI/"><x:DMNDiagram id="g"/></x:DMNDI>
    </d:definitions>`;
    const written = writeDmn(readDmn(text));
    const at = (name: string): number => written.indexOf(`<${name}`);

    expect(at("x:DMNDI")).toBeGreaterThan(at("d:organizationUnit"));
    expect(at("d:organizationUnit")).toBeGreaterThan(at("d:inputData"));
    expect(written).toContain("<d:importedValues");
    expect(written).not.toContain("<d:text");
  });

  it("writes other versions, and refuses what they do not have", () => {
    const model = readDmn(RICH);

    expect(readDmn(writeDmn(model, "1.4")).version).toBe("1.4");
    expect(() => writeDmn(model, "1.3")).toThrow('DMN 1.3 has no boxed "conditional"');
  });

  it("reads 1.3 and 1.4 as well as 1.5, and names what else it finds", () => {
    for (const [version, uri] of [
      ["1.3", "https://www.omg.org/spec/DMN/20191111/MODEL/"],
      ["1.4", "https://www.omg.org/spec/DMN/20211108/MODEL/"],
    ] as const) {
      const text = definitions(decision("D", literal("1"))).replace(
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        uri,
      );
      expect(readDmn(text).version).toBe(version);
      expect(compileModel(text).decisions.get("D")?.evaluate({})).toBe(1);
    }
    expect(() => readDmn(`<definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/"/>`)).toThrow(
      "found DMN 1.2",
    );
    expect(() => readDmn("<html/>")).toThrow(
      "model.dmn:1:1: expected a DMN <definitions> element, found <html>",
    );
  });

  it("refuses rows that do not fit the table's columns, at the row", () => {
    const text = definitions(decision("D", table({ inputs: ["a", "b"], rows: ["1 | 2"] })));

    expect(compileModel(text, { file: "t.dmn" }).diagnostics).toMatchObject([
      {
        code: "structure",
        message: "the row has 0 output cells where the table has 1 outputs",
        file: "t.dmn",
        line: 11,
      },
    ]);
  });
});

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
