import { describe, expect, it } from "vitest";
import { compileModel, decisionFunctions } from "#dmn/index.ts";
import { compile } from "#feel/index.ts";
import { ask } from "../support/ask.ts";
import { decision, definitions, inputData, literal } from "../support/models.ts";

describe("imports", () => {
  const library = definitions(
    `<itemDefinition name="tAge"><typeRef>number</typeRef></itemDefinition>`,
    inputData("age", "number"),
    decision("Adult", literal("age >= 18"), { requires: ["age"] }),
    `<businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic>
     <formalParameter name="n" typeRef="tAge"/>${literal("n * 2")}</encapsulatedLogic></businessKnowledgeModel>`,
  ).replace("urn:test", "urn:library");
  const importing = (name: string): string =>
    definitions(
      `<import name="${name}" namespace="urn:library" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`,
      `<decision id="D" name="D"><variable name="D"/>
       <informationRequirement><requiredDecision href="urn:library#Adult"/></informationRequirement>
       <knowledgeRequirement><requiredKnowledge href="urn:library#twice"/></knowledgeRequirement>
       ${literal(name === "" ? "if Adult then twice(2) else 0" : "if lib.Adult then lib.twice(2) else 0")}</decision>`,
    );

  it("sees imported elements behind the name of the import, or without one", () => {
    for (const name of ["lib", ""]) {
      const model = compileModel([
        { text: importing(name), file: "main.dmn" },
        { text: library, file: "lib.dmn" },
      ]);
      expect(model.diagnostics).toEqual([]);
      expect(ask(model, "D", { age: 20 }).value).toBe(4);
      expect(ask(model, "D", { "urn:library#age": 2 }).value).toBe(0);
    }
  });

  it("reports an import that no file provides", () => {
    const { diagnostics } = compileModel([{ text: importing("lib"), file: "main.dmn" }]);

    expect(diagnostics[0]).toMatchObject({ code: "import", file: "main.dmn", line: 3 });
  });

  it("reports models that import each other", () => {
    const back = library.replace(
      "<itemDefinition",
      `<import name="back" namespace="urn:test" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/><itemDefinition`,
    );
    const { diagnostics } = compileModel([
      { text: importing("lib"), file: "main.dmn" },
      { text: back, file: "lib.dmn" },
    ]);

    expect(diagnostics.map(({ code }) => code)).toContain("cycle");
  });

  const model = (namespace: string, ...elements: string[]) => ({
    text: definitions(...elements).replace("urn:test", namespace),
  });
  const from = (namespace: string, name = "") =>
    `<import name="${name}" namespace="${namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`;
  const requiring = (name: string, text: string, ...hrefs: string[]) =>
    `<decision id="${name}" name="${name}"><variable name="${name}"/>${hrefs
      .map((href) => `<informationRequirement><requiredDecision href="${href}"/></informationRequirement>`)
      .join("")}${literal(text)}</decision>`;
  const one = model(
    "urn:1",
    `<itemDefinition name="tOne"><typeRef>number</typeRef></itemDefinition>`,
    decision("one", literal("1")),
  );
  const two = model("urn:2", decision("two", literal("2")));

  it("sees the elements of several models imported without a name", () => {
    const main = model(
      "urn:test",
      from("urn:1") + from("urn:2"),
      requiring("D", "one + two", "urn:1#one", "urn:2#two"),
      decision("T", literal("1"), { typeRef: "tOne" }),
    );
    const compiled = compileModel([main, one, two]);

    expect(compiled.diagnostics).toEqual([]);
    expect(ask(compiled, "D").value).toBe(3);
    expect([...compiled.decisions.keys()]).toEqual(["one", "two", "D", "T"]);
  });

  it("sees a model under each name that it is imported by", () => {
    const main = model(
      "urn:test",
      from("urn:1", "a") + from("urn:1", "b"),
      requiring("D", "a.one + b.one", "urn:1#one"),
    );
    const compiled = compileModel([main, one]);

    expect(compiled.diagnostics).toEqual([]);
    expect(ask(compiled, "D").value).toBe(2);
  });

  it("reports two imports of one name", () => {
    const main = model("urn:test", from("urn:1", "a"), from("urn:2", "a"));

    expect(compileModel([main, one, two]).diagnostics).toMatchObject([
      { code: "duplicate", message: 'another import has the name "a" too', line: 4 },
    ]);
  });

  it("do not double the work where each model imports the next one twice", () => {
    const files = Array.from({ length: 40 }, (_, index) =>
      model(
        `urn:${index}`,
        index < 39 ? from(`urn:${index + 1}`, "a") + from(`urn:${index + 1}`, "b") : "",
        `<itemDefinition name="t"><typeRef>a.none</typeRef></itemDefinition>`,
      ),
    );

    expect(compileModel(files).diagnostics).toHaveLength(40);
  });

  it("bring the types of their models, but not those that these import", () => {
    const far = model("urn:far", `<itemDefinition name="tFar"><typeRef>number</typeRef></itemDefinition>`);
    const near = model(
      "urn:near",
      from("urn:far", "far"),
      `<itemDefinition name="tNear"><typeRef>far.tFar</typeRef></itemDefinition>`,
    );
    const main = (typeRef: string) =>
      model("urn:test", from("urn:near", "near"), decision("D", literal("1"), { typeRef }));

    expect(compileModel([main("near.tNear"), near, far]).diagnostics).toEqual([]);
    expect(compileModel([main("near.far.tFar"), near, far]).diagnostics).toMatchObject([
      { code: "type", message: 'unknown type "near.far.tFar"' },
    ]);
  });

  it("are refused where they bring the types of one model under too many names", () => {
    const types = Array.from(
      { length: 400 },
      (_, index) => `<itemDefinition name="t${index}"><typeRef>number</typeRef></itemDefinition>`,
    );
    const imports = Array.from({ length: 300 }, (_, index) => from("urn:many", `i${index}`));
    const main = model("urn:test", ...imports, decision("D", literal("1"), { typeRef: "i299.t399" }));

    expect(compileModel([main, model("urn:many", ...types)]).diagnostics).toMatchObject([
      { code: "type", message: "more than 100000 types" },
    ]);
  });

  describe("with inputs of one name", () => {
    const library = model("urn:2", inputData("a"), decision("two", literal("a * 2"), { requires: ["a"] }));
    const href = (id: string) => `href="${id}"`;
    const main = model(
      "urn:test",
      from("urn:2", "lib"),
      inputData("a"),
      `<decision id="D" name="D"><variable name="D"/>
       <informationRequirement><requiredInput ${href("#a")}/></informationRequirement>
       <informationRequirement><requiredDecision ${href("urn:2#two")}/></informationRequirement>${literal("a + lib.two")}</decision>`,
      `<decisionService id="S" name="S"><outputDecision ${href("#D")}/>
       <inputData ${href("#a")}/><inputData ${href("urn:2#a")}/></decisionService>`,
      decision("Caller", literal("S(1, 100)"), { knows: ["S"] }),
    );
    const compiled = compileModel([main, library]);

    it("gives each parameter of a service its own value", () => {
      expect(compiled.diagnostics).toEqual([]);
      expect(ask(compiled, "Caller").value).toBe(201);
    });

    it("takes the value that names its model before the one that does not", () => {
      expect(ask(compiled, "D", { a: 1, "urn:2#a": 100 }).value).toBe(201);
    });

    it("gives each parameter of a rule's function its own value", () => {
      const { types, values } = decisionFunctions(compiled);

      expect(compile("D(1, 100)", types).evaluate(values)).toBe(201);
    });
  });
});
