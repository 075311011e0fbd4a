import { describe, expect, it } from "vitest";
import {
  type Merge,
  merged,
  type OpenFile,
  received,
  settled,
  toSave,
  withFile,
} from "#console/places/playbook/open-files.ts";

const given = (text: string, revision: string) => ({ a: { text, revision, base: "0" } });
const begun = (): ReadonlyMap<string, OpenFile> => received(new Map(), given("1", "r1"));
const typed = (text: string) => withFile(begun(), "a", { text });
const merge = (more: Partial<Merge> = {}): Merge => ({
  path: "a",
  yours: "mine",
  theirs: "theirs",
  text: "both",
  revision: "r2",
  changedBy: "Ben",
  conflicts: [],
  ...more,
});

describe("what somebody types into a draft", () => {
  it("stays when the hub tells of another text, and is saved over what it began with", () => {
    const files = received(typed("mine"), given("theirs", "r2"));
    expect(files.get("a")?.text).toBe("mine");
    expect(toSave(files)).toEqual([{ path: "a", text: "mine", began: "r1" }]);
  });

  it("gives way to what the hub has where nothing was typed, and the editor is told", () => {
    const before = begun();
    const after = received(before, given("theirs", "r2"));
    expect(after.get("a")).toMatchObject({ text: "theirs", revision: "r2" });
    expect(after.get("a")?.edition).toBeGreaterThan(before.get("a")?.edition ?? 0);
    expect(received(after, {}).has("a")).toBe(false);
  });

  it("is put together with what somebody else changed, and saved over that", () => {
    const files = merged(typed("mine"), merge());
    expect(toSave(files)).toEqual([{ path: "a", text: "both", began: "r2" }]);
  });

  it("is not touched by a merge that is older than it", () => {
    expect(merged(typed("mine, and more"), merge()).get("a")?.text).toBe("mine, and more");
  });

  it("waits where both changed the same, until somebody chooses", () => {
    const conflicts = [{ line: 1, before: "1", yours: "mine", theirs: "theirs" }];
    const files = merged(typed("mine"), merge({ conflicts }));
    expect([files.get("a")?.text, toSave(files)]).toEqual(["mine", []]);
    expect(toSave(settled(files, "a", "mine"))).toEqual([{ path: "a", text: "mine", began: "r2" }]);
  });
});
