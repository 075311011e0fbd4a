import { describe, expect, it } from "vitest";
import { changesIn } from "#console/places/settings/changes.ts";

describe("what an entry of the audit log says was changed", () => {
  it("is each member that is other than before, as text", () => {
    const before = { live: null, roles: ["viewer", "editor"], enabled: true, kind: "secret" };
    const after = { live: "pb_1", roles: ["editor"], enabled: false, kind: "secret" };
    expect(changesIn({ before, after })).toEqual([
      { name: "live", before: undefined, after: "pb_1" },
      { name: "roles", before: "viewer, editor", after: "editor" },
      { name: "enabled", before: "true", after: "false" },
    ]);
  });

  it("is nothing where nothing is said, and short where much is", () => {
    expect(changesIn({})).toEqual([]);
    const [long] = changesIn({ after: { files: "x".repeat(5_000) } });
    expect(long?.after?.length).toBeLessThan(250);
  });
});
