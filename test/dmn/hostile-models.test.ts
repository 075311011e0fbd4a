import { describe, expect, it } from "vitest";
import { type CompiledModel, compileModel } from "#dmn/index.ts";
import { FeelLimitError } from "#feel/index.ts";
import { ask, one } from "./support/ask.ts";
import { decision, definitions, inputData, literal, table } from "./support/models.ts";

/** Decisions `d0` to `d<count - 1>`, each of which requires the one before it. */
function links(count: number, text: (before: string) => string): string[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0
      ? decision("d0", literal("1"))
      : decision(`d${index}`, literal(text(`d${index - 1}`)), { decisions: [`d${index - 1}`] }),
  );
}

/** Such decisions, and others before them. */
function chain(count: number, text: (before: string) => string, ...more: readonly string[]): CompiledModel {
  return compileModel(definitions(...more, ...links(count, text)));
}

const importOf = (namespace: string): string =>
  `<import name="${namespace.slice(4)}" namespace="${namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`;

const doubling = (before: string): string => `[${before}, ${before}]`;

describe("a value that is small in memory and has no end when it is written", () => {
  it("is cut short in the warning that it has the wrong type", () => {
    const last = decision("z", literal("d40"), { decisions: ["d40"], typeRef: "number" });

    expect(ask(chain(41, doubling, last), "z")).toMatchObject({
      value: null,
      warnings: [{ code: "coercion", message: "expected number, found a long value" }],
    });
  });

  it("is cut short in the warning that it is no input value", () => {
    const logic = table({ inputs: ["d40"], inputValues: '"a"', rows: ["- | 1"] });
    const model = chain(41, doubling, decision("z", logic, { decisions: ["d40"] }));

    expect(ask(model, "z").warnings.at(-1)?.message).toContain("a long value is not among the input values");
  });

  it("keeps what a warning needs of a long text", () => {
    const model = compileModel(
      definitions(inputData("n", "number"), decision("D", literal("n"), { requires: ["n"] })),
    );

    expect(ask(model, "D", { n: 'a"b' }).warnings[0]?.message).toBe('expected number, found "a\\"b"');
    expect(ask(model, "D", { n: "x".repeat(1e6) }).warnings[0]?.message).toMatch(
      /^expected number, found "x{200}\.\.\."$/,
    );
  });

  it("ends an evaluation that looks at the types of all its parts", () => {
    const lists = Array.from({ length: 41 }, (_, index) => {
      const element = index === 0 ? "number" : `t${index - 1}`;
      return `<itemDefinition name="t${index}" isCollection="true"><typeRef>${element}</typeRef></itemDefinition>`;
    });
    const last = decision("z", literal("d40"), { decisions: ["d40"], typeRef: "t39" });
    const model = chain(41, doubling, ...lists, last);

    expect(() => model.decisions.get("z")?.evaluate({})).toThrow(FeelLimitError);
  });
});

describe("types that double from one name to the next", () => {
  const both = (before: string): string => `{a: ${before}, b: ${before}}`;

  it("are taken for anything before they fill the memory, between decisions", () => {
    const model = chain(40, both);

    expect(model.diagnostics).toEqual([]);
    expect(model.decisions.get("d3")?.type).toMatchObject({ kind: "context" });
    expect(JSON.stringify(model.decisions.get("d39")?.type).length).toBeLessThan(1_000_000);
  });

  it("are taken for anything before they fill the memory, between the entries of a context", () => {
    const entries = Array.from({ length: 40 }, (_, index) => {
      const text = index === 0 ? "1" : both(`x${index - 1}`);
      return `<contextEntry><variable name="x${index}"/>${literal(text)}</contextEntry>`;
    });
    const last = `<contextEntry>${literal("x3.a.b.a")}</contextEntry>`;

    expect(ask(one(`<context>${entries.join("")}${last}</context>`), "D").value).toBe(1);
  });
});

describe("decisions that each need all before them", () => {
  it("are refused where their plans become too large together; those before stay", () => {
    const model = chain(800, (before) => `${before} + 1`);

    expect(ask(model, "d700").value).toBe(701);
    expect(ask(model, "d799").value).toBeNull();
    expect(model.diagnostics[0]).toMatchObject({ code: "limit", severity: "error", element: "d706" });
  });

  it("leave what one of them answers alone, whichever is asked first, where a service is too large", () => {
    const names = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
    const services = names.map(
      (name) =>
        `<decisionService id="${name}" name="${name}"><outputDecision href="#d699"/></decisionService>`,
    );
    const caller = decision("z", literal(`[${names.join("(), ")}()]`), { knows: names });
    const answers = { d699: 700, z: [700, 700, 700, 700, 700, 700, null, null] };
    for (const order of [["d699", "z"] as const, ["z", "d699"] as const]) {
      const model = compileModel(
        definitions(...links(700, (before) => `${before} + 1`), ...services, caller),
      );
      const found = model.diagnostics.map(({ code, element }) => `${code} ${element}`);

      expect(found).toEqual(["limit s7", "limit s8"]);
      for (const name of order) expect(ask(model, name).value).toEqual(answers[name]);
      expect(model.diagnostics).toHaveLength(2);
    }
  });

  it("are counted at once in a service that only an imported model uses", () => {
    const service = `<decisionService id="S" name="S"><outputDecision href="#sum"/></decisionService>`;
    const parts = Array.from({ length: 1000 }, (_, index) => `p${index}`);
    const far = definitions(
      ...parts.map((name) => decision(name, literal("1"))),
      decision("sum", literal("1"), { decisions: parts }),
      service,
    ).replace("urn:test", "urn:far");
    const near = definitions(
      importOf("urn:far"),
      decision("asked", literal("far.S()"), { knows: ["S"] }).replace("#S", "urn:far#S"),
    ).replace("urn:test", "urn:near");
    const main = (count: number): CompiledModel => {
      const asked = decision("D", literal("near.asked"), { decisions: ["asked"] });
      const chained = links(count, (before) => before);
      const text = definitions(importOf("urn:near"), asked.replace("#asked", "urn:near#asked"), ...chained);
      return compileModel([{ text }, { text: near }, { text: far }]);
    };

    expect(main(1).diagnostics).toEqual([]);
    expect(ask(main(1), "D").value).toBe(1);
    expect(main(706).diagnostics).toMatchObject([{ code: "limit", element: "S" }]);
    expect(ask(main(706), "D")).toMatchObject({ value: null, warnings: [{ code: "not-compiled" }] });
  });

  it("tells once what a service lacks", () => {
    const service = `<decisionService id="S" name="S"><outputDecision href="#none"/></decisionService>`;
    const caller = decision("D", literal("S()"), { knows: ["S"] });
    const model = compileModel(definitions(service, caller));

    expect(ask(model, "D").value).toBeNull();
    expect(model.diagnostics).toHaveLength(1);
  });
});
