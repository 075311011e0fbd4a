import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FlowStep, STOP } from "#console/places/journeys/flow.ts";
import { BOX, drawFlow } from "#console/places/journeys/layout.ts";

const names = Array.from({ length: 12 }, (_, at) => `s${at}`);
const anyFlow = fc.integer({ min: 1, max: names.length }).chain((size) =>
  fc.tuple(
    ...names.slice(0, size).map((name) =>
      fc.array(fc.constantFrom(...names.slice(0, size), STOP, "gone"), { maxLength: 3 }).map(
        (targets): FlowStep => ({
          name,
          about: "",
          ways: targets.map((to) => ({ to, by: "next" as const })),
        }),
      ),
    ),
  ),
);

describe("the drawing of any journey", () => {
  it("gives each step a box of its own inside it, and a line to each way that leads somewhere", () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const { boxes, lines, width, height } = drawFlow(flow);
        const corners = [...boxes.values()];
        for (const { x, y } of corners) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + BOX.width).toBeLessThanOrEqual(width);
          expect(y + BOX.height).toBeLessThanOrEqual(height);
          const near = corners.filter(
            (other) => Math.abs(other.x - x) < BOX.width && Math.abs(other.y - y) < BOX.height,
          );
          expect(near).toHaveLength(1);
        }
        const leads = flow.flatMap(({ ways }) => ways).filter(({ to }) => to !== "gone");
        expect(lines).toHaveLength(leads.length);
      }),
      { numRuns: 60 },
    );
  });

  it("has each step below all that lead to it, but for ways back", () => {
    const to = (...names: string[]) => names.map((name) => ({ to: name, by: "next" as const }));
    const { boxes } = drawFlow([
      { name: "first", about: "", ways: to("asks", "last") },
      { name: "asks", about: "", ways: to("asks", "last", STOP) },
      { name: "last", about: "", ways: to("first", STOP) },
    ]);
    const heights = ["first", "asks", "last", STOP].map((name) => boxes.get(name)?.y ?? 0);
    expect(heights).toEqual([...new Set(heights)].toSorted((a, b) => a - b));
  });
});
