import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileModel, compileStoredModel, type StoredModel, storeModel } from "#dmn/index.ts";
import { ask } from "./support/ask.ts";
import { decision, definitions } from "./support/models.ts";

const throughJson = (model: StoredModel): StoredModel => JSON.parse(JSON.stringify(model));
const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`;

describe("a stored model", () => {
  const text = readFileSync("playbooks/retail/decisions/discount.dmn", "utf8");

  it("should decide as the model of the text does, without its XML", () => {
    const fromText = compileModel(text);
    const stored = throughJson(storeModel([{ text }]));
    const fromStored = compileStoredModel(stored);

    expect(fromText.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(JSON.stringify(stored)).not.toContain("</");
    const [name = "", { inputs = [] } = {}] = [...fromText.decisions][0] ?? [];
    expect(fromStored.decisions.get(name)?.inputs).toEqual(inputs);
    for (const value of [0, 1, 3, 50, 400, 10_000]) {
      const given = Object.fromEntries(inputs.map((input) => [input.name, value]));
      expect(ask(fromStored, name, given)).toEqual(ask(fromText, name, given));
    }
  });

  it("should keep both meanings of a text that two scopes read differently", () => {
    const context = (name: string): string => `<context>
      <contextEntry><variable name="a"/>${literal("5")}</contextEntry>
      <contextEntry><variable name="b"/>${literal("3")}</contextEntry>
      <contextEntry><variable name="${name}"/>${literal("100")}</contextEntry>
      <contextEntry>${literal("a-b")}</contextEntry>
    </context>`;
    const model = definitions(decision("D", context("a-b")), decision("E", context("c")));
    const fromText = compileModel(model);
    const fromStored = compileStoredModel(throughJson(storeModel([{ text: model }])));

    expect(["D", "E"].map((name) => ask(fromText, name).value)).toEqual([100, 2]);
    expect(["D", "E"].map((name) => ask(fromStored, name).value)).toEqual([100, 2]);
  });
});
