import { describe, expect, it } from "vitest";
import { mergeIdentifiers } from "#domain/profile/merge.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;

describe("identifiers past their bytes", () => {
  it("should lose anonymousIds, however new, before who the customer is", () => {
    const kim = [
      { type: "userId", value: "kim", at: at(0) },
      { type: "email", value: "kim@example.com", at: at(1) },
    ];
    const flood = Array.from({ length: 50 }, (_, index) => ({
      type: "anonymousId",
      value: `${index}-`.padEnd(400, "x"),
      at: at(index + 2),
    }));
    const merged = flood.reduce(
      (kept, one) => mergeIdentifiers(kept, [one], playbook),
      mergeIdentifiers(kim, [], playbook),
    );
    expect(merged.map(({ value }) => value)).toEqual(expect.arrayContaining(["kim", "kim@example.com"]));
    expect(merged.length).toBeGreaterThan(kim.length);
    expect(merged.at(0)?.value).toContain("49-");
    const bytes = merged.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
    expect(bytes).toBeLessThanOrEqual(BOUNDS.identifiersBytes);
    expect(mergeIdentifiers(flood, kim, playbook)).toEqual(merged);
  });
});
