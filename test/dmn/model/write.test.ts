import { describe, expect, it } from "vitest";
import { compileModel, readDmn, writeDmn } from "#dmn/index.ts";
import { VERSION_NAMESPACES } from "#dmn/model/namespaces.ts";
import { decision, definitions, literal, RICH, table } from "../support/models.ts";

/** A model without the places of its parts. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.trim() : value;
  const kept = Object.entries(value).filter(
    ([key]) => !["xml", "textXml", "source", "at", "contentAt", "end"].includes(key),
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

  it("keeps what stands at the parts of conditions, filters and iterations", () => {
    const parts = (...names: string[]): string =>
      names
        .map(
          (name) =>
            `<${name} id="${name}" label="L" typeRef="Any"><description>why</description><extensionElements><q xmlns="urn:q"/></extensionElements>${literal("true")}</${name}>`,
        )
        .join("");
    const text = definitions(
      decision("A", `<conditional>${parts("if", "then", "else")}</conditional>`),
      decision("B", `<filter>${parts("in", "match")}</filter>`),
      decision("C", `<for iteratorVariable="i">${parts("in", "return")}</for>`),
      decision("D", `<some iteratorVariable="i">${parts("in", "satisfies")}</some>`),
    );
    const squeezed = (xml: string): string => xml.replaceAll(/>\s+</g, "><");
    const written = squeezed(writeDmn(readDmn(text)));

    for (const name of ["if", "then", "else", "in", "match", "return", "satisfies"]) {
      expect(written).toContain(squeezed(parts(name)));
    }
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

    const importing = readDmn(
      definitions(
        `<import name="" namespace="urn:m" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`,
      ),
    );
    expect(writeDmn(importing, "1.4")).toContain(`<import name="" namespace="urn:m"`);
    expect(() => writeDmn(importing, "1.3")).toThrow("DMN 1.3 has no import without a name");
  });

  it("reads 1.1 to 1.5, writes what is older than 1.3 as 1.3, and names what else it finds", () => {
    for (const [version, uri] of [
      ["1.3", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"],
      ["1.3", "http://www.omg.org/spec/DMN/20180521/MODEL/"],
      ["1.3", "https://www.omg.org/spec/DMN/20191111/MODEL/"],
      ["1.4", "https://www.omg.org/spec/DMN/20211108/MODEL/"],
    ] as const) {
      const text = definitions(decision("D", literal("1"))).replace(
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        uri,
      );
      expect(readDmn(text).version).toBe(version);
      expect(compileModel(text).decisions.get("D")?.evaluate({})).toBe(1);
      expect(writeDmn(readDmn(text))).toContain(VERSION_NAMESPACES[version].model);
      expect(readDmn(writeDmn(readDmn(text)))).toMatchObject({ version, name: "test" });
    }
    expect(() => readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/19990101/MODEL/"/>`)).toThrow(
      'expected DMN 1.1 to 1.5, found the namespace "https://www.omg.org/spec/DMN/19990101/MODEL/"',
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
