import { describe, expect, it } from "vitest";
import { journeysOf } from "#domain/playbook/model/journeys.ts";
import { arrange } from "#domain/rehearsal/arrange.ts";
import { retailPlaybook } from "../../support/playbook/retail.ts";

const { document } = await retailPlaybook();
const weights = (all: readonly { readonly name: string; readonly weight: number }[] = []) =>
  Object.fromEntries(all.map(({ name, weight }) => [name, weight]));
const splitOf = (arranged: typeof document) => {
  const step = journeysOf(arranged)
    .find(({ name }) => name === "first-weeks")
    ?.steps.find(({ kind }) => kind === "split");
  return step?.kind === "split" ? weights(step.arms) : null;
};
const variantsOf = (arranged: typeof document) =>
  weights(arranged.experiments?.find(({ name }) => name === "win-back policy")?.variants);

describe("a playbook as a test arranges it", () => {
  it("leaves nothing to chance: nobody is held out, the control holds, the first arm is taken", () => {
    const arranged = arrange(document);
    expect(journeysOf(arranged).map(({ holdout }) => holdout)).toEqual([0, 0]);
    expect(splitOf(arranged)).toEqual({ hint: 1, quiet: 0 });
    expect(variantsOf(arranged)).toEqual({ "as ever": 1, "no discount": 0, silence: 0 });
  });

  it("takes what the test names instead, and holds everybody out where it says so", () => {
    const arranged = arrange(document, {
      holdout: true,
      experiments: { "win-back policy": "silence" },
      splits: { "first-weeks": { nudge: "quiet" } },
    });
    expect(arranged.contactPolicy.holdout).toBe(1);
    expect(journeysOf(arranged).map(({ holdout }) => holdout)).toEqual([1, 1]);
    expect(splitOf(arranged)).toEqual({ hint: 0, quiet: 1 });
    expect(variantsOf(arranged)).toEqual({ "as ever": 0, "no discount": 0, silence: 1 });
  });
});
