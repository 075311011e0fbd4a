import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FlowStep, flowOf, STOP } from "#console/places/journeys/flow.ts";
import { drawFlow } from "#console/places/journeys/layout.ts";
import { PROJECT_ROOT } from "../../../support/project/root.ts";

const FILE = "journeys/first-weeks.yaml";
const files = { [FILE]: readFileSync(`${PROJECT_ROOT}playbooks/retail/${FILE}`, "utf8") };
const waysOf = (flow: readonly FlowStep[]) =>
  Object.fromEntries(flow.map(({ name, ways }) => [name, ways.map(({ to, by, said }) => [by, to, said])]));

describe("a journey as its file draws it", () => {
  it("has every way of the retailer's first weeks", () => {
    expect(waysOf(flowOf(files, "first-weeks"))).toEqual({
      settle: [["next", "looked", undefined]],
      looked: [
        ["next", "interested", undefined],
        ["otherwise", "nudge", undefined],
      ],
      interested: [
        ["next", "bought", undefined],
        ["otherwise", "nudge", undefined],
      ],
      nudge: [
        ["arm", "hint", "hint 1"],
        ["arm", STOP, "quiet 1"],
      ],
      hint: [
        ["next", "second", undefined],
        ["otherwise", STOP, undefined],
      ],
      bought: [
        ["if", "hint", 'customer.lastCategory = "Coffee"'],
        ["otherwise", "second", undefined],
      ],
      second: [["next", STOP, undefined]],
    });
  });

  it("is found by the name it gives itself, and by its file's name where it gives none", () => {
    const named = { "journeys/a.yaml": "name: b\nsteps: { one: { wait: P1D } }\n" };
    expect(flowOf(named, "b")).toHaveLength(1);
    expect(flowOf(named, "a")).toEqual([]);
  });

  it.each([
    "",
    "steps: 3",
    "steps: [1, 2]",
    "steps: { a: 1 }",
    "a: b: c",
    "steps: { a: { split: x, branch: y } }",
  ])("is drawn as far as it can be where the file says %j", (text) => {
    expect(() => drawFlow(flowOf({ "journeys/j.yaml": text }, "j"))).not.toThrow();
  });
});
