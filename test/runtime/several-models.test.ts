import { describe, expect, it } from "vitest";
import { severalModels } from "#runtime/several-models.ts";
import { testPlaybook } from "../support/playbook/files.ts";

const { learning } = await testPlaybook({ "learning.yaml": "outcomes: { clicked: 1 }\n" });

describe("models that are asked for by turns", () => {
  const hub = () => {
    const asked: string[][] = [];
    const models = severalModels(() => {
      const own: string[] = [];
      asked.push(own);
      return {
        current: async (one) => {
          own.push(one?.model ?? "none");
          return null;
        },
      };
    });
    const ask = async (model: string) => learning && models.current({ ...learning, model }, ["hero"]);
    return { asked, ask };
  };

  it("should have a copy each", async () => {
    const { asked, ask } = hub();
    for (const model of ["known", "visitors", "known", "visitors"]) await ask(model);
    expect(asked).toEqual([
      ["known", "known"],
      ["visitors", "visitors"],
    ]);
  });

  it("should keep no copy of one that nobody asks for any more", async () => {
    const { asked, ask } = hub();
    for (const model of ["old", "known", "visitors", "known", "old"]) await ask(model);
    expect(asked).toEqual([["old"], ["known", "known"], ["visitors"], ["old"]]);
  });
});
