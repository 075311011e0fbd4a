import { describe, expect, it } from "vitest";
import { type FilledAnswer, lookingAt, matching, putInto } from "#console/places/inbox/canned.ts";

const wordsAt = (text: string): string | undefined => lookingAt(text, text.length)?.words;

describe("a slash", () => {
  it("looks for what is typed after it, at the beginning of a word alone", () => {
    expect(wordsAt("/")).toBe("");
    expect(wordsAt("/par")).toBe("par");
    expect(wordsAt("Hello\n/money back")).toBe("money back");
    expect(wordsAt("Hello /par")).toBe("par");
    for (const text of ["", "Hello", "and/or", "https://shop.example", "/ a", "1/2", `/${"x".repeat(41)}`])
      expect(wordsAt(text)).toBeUndefined();
    expect(lookingAt("/par and more", 2)).toEqual({ from: 0, until: 2, words: "p" });
  });
});

describe("canned answers", () => {
  const one = (title: string, text: string | null): FilledAnswer => ({
    name: title.toLowerCase(),
    title,
    language: "en",
    text,
    gaps: 0,
  });
  const all = [one("Where it is", "Your parcel left"), one("Parcel lost", "Sorry"), one("Zurück", null)];
  const titles = (words: string) => matching(all, words).map(({ title }) => title);

  it("are found by words in any order and without their accents, those that are named so first", () => {
    expect(titles("")).toEqual(["Where it is", "Parcel lost", "Zurück"]);
    expect(titles("parcel")).toEqual(["Parcel lost", "Where it is"]);
    expect(titles("left PAR")).toEqual(["Where it is"]);
    expect(titles("zuruck")).toEqual(["Zurück"]);
    expect(titles("nothing")).toEqual([]);
  });

  it("take the place of what was looked for, with the first gap marked, else the caret at their end", () => {
    const looking = { from: 6, until: 9, words: "pa" };
    expect(putInto("Hello /pa you", looking, "dear ___, it left")).toEqual({
      text: "Hello dear ___, it left you",
      marked: [11, 14],
    });
    expect(putInto("Hello /pa you", looking, "it left")).toEqual({
      text: "Hello it left you",
      marked: [13, 13],
    });
  });
});
