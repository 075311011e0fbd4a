import { describe, expect, it } from "vitest";
import {
  DRAFT_ID,
  draftFiles,
  isPackable,
  newDraft,
  revisionOf,
  revisionsIn,
  withChanges,
  withFiles,
} from "#domain/draft/draft.ts";
import { seeded } from "#lab/seeded.ts";

const KIM = { id: "kim", name: "Kim" };
const BEN = { id: "ben", name: "Ben" };
const BASE = { "a.yaml": "a: 1\n", "b.yaml": "b: 1\n" };
const fresh = newDraft({ draftId: "dft_1", name: "Summer", base: "v1" }, { by: KIM, at: "1" });

describe("a draft", () => {
  it("begins with the files of its version and no change", () => {
    expect(fresh).toEqual({
      draftId: "dft_1",
      name: "Summer",
      base: "v1",
      state: "open",
      created: { by: KIM, at: "1" },
      updated: { by: KIM, at: "1" },
      changes: {},
      step: 0,
    });
    expect(draftFiles(fresh, BASE, {})).toEqual(BASE);
  });

  it("is open again with each change, one step further, and holds what differs alone", () => {
    const proposed = {
      ...fresh,
      state: "approved" as const,
      proposal: { by: KIM, at: "2", version: "v2" },
      approval: { by: BEN, at: "3" },
    };
    const act = { by: BEN, at: "4" };
    const changed = withChanges(
      proposed,
      BASE,
      [
        { path: "a.yaml", text: "a: 2\n" },
        { path: "b.yaml", text: null },
        { path: "c.yaml", text: "c" },
      ],
      act,
    );
    expect(changed).toEqual({
      ...fresh,
      updated: act,
      changes: {
        "a.yaml": { revision: revisionOf("a: 2\n"), ...act },
        "b.yaml": { revision: null, ...act },
        "c.yaml": { revision: revisionOf("c"), ...act },
      },
      step: 1,
    });
    expect(revisionsIn(changed)).toEqual(new Set([revisionOf("a: 2\n"), revisionOf("c")]));
    const texts = { [revisionOf("a: 2\n")]: "a: 2\n" };
    // A text that is nowhere to be had takes its file away.
    expect(draftFiles(changed, BASE, texts)).toEqual({ "a.yaml": "a: 2\n" });
    const back = [
      { path: "a.yaml", text: "a: 1\n" },
      { path: "c.yaml", text: null },
    ];
    expect(withChanges(changed, BASE, back, act)).toMatchObject({
      changes: { "b.yaml": { revision: null } },
      step: 2,
    });
    expect(Object.keys(withChanges(changed, BASE, back, act).changes)).toEqual(["b.yaml"]);
    expect(withFiles(BASE, back)).toEqual(BASE);
  });

  it("is known by an id of its form", () => {
    const ids = [
      "dft_0a",
      `dft_${"a".repeat(60)}`,
      `dft_${"a".repeat(61)}`,
      "dft_",
      "dft_A",
      "xdft_a",
      "dft_a ",
    ];
    expect(ids.filter((id) => DRAFT_ID.test(id))).toEqual(ids.slice(0, 2));
  });
});

it.each<readonly [characters: number, alphabet: string, is: boolean]>([
  [10_000_000, "x", true],
  [89_600, "", true],
  [440_000, "base64", true],
  [500_000, "base64", false],
])(
  "a text of %d characters, packed by what it repeats (%j), fits into an item: %j",
  (characters, alphabet, is) => {
    const random = seeded(5);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const text =
      alphabet === "x"
        ? "x".repeat(characters)
        : Array.from({ length: characters }, () => letters[Math.floor(random() * 64)]).join("");
    expect(isPackable(text)).toBe(is);
  },
);
