import fc from "fast-check";
import { expect, it } from "vitest";
import { isDeeperThan } from "#kernel/json-depth.ts";

const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

it("counts lists and objects within one another as they are when parsed, whatever stands in texts", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), fc.nat(8), (json, limit) => {
      expect(isDeeperThan(Buffer.from(json), limit)).toBe(depthOf(JSON.parse(json)) > limit);
    }),
  );
});
