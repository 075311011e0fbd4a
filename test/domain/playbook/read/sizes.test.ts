import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testFiles } from "../../../support/playbook/files.ts";

const noMjml: RenderMjml = async (source) => ({ html: source, problems: [] });

/** Whether an upload of the test shop with these beside is found too large. */
const isTooLarge = async (more: Readonly<Record<string, string>>): Promise<boolean> => {
  const { errors } = await parsePlaybook(testFiles(more), noMjml);
  return errors.some(({ code }) => code === "too-large");
};
const COUNT = Object.keys(testFiles()).length;
const BYTES = Object.values(testFiles()).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const notes = (count: number, textOf: (index: number) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`notes/${index}.md`, textOf(index)]));
/** Texts that come to so many bytes, each of a file's most at the most. */
const together = (bytes: number): Readonly<Record<string, string>> => {
  const each = BOUNDS.uploadFileBytes;
  return notes(Math.ceil(bytes / each), (index) => "x".repeat(Math.min(each, bytes - index * each)));
};

describe("an upload", () => {
  it("may have as many files as the bounds say, and not one more", async () => {
    const room = BOUNDS.uploadFiles - COUNT;
    expect(await isTooLarge(notes(room, () => ""))).toBe(false);
    expect(await isTooLarge(notes(room + 1, () => ""))).toBe(true);
  });

  it("may have a file of as many bytes as the bounds say, and not one more", async () => {
    expect(await isTooLarge({ "notes/0.md": "x".repeat(BOUNDS.uploadFileBytes) })).toBe(false);
    expect(await isTooLarge({ "notes/0.md": "x".repeat(BOUNDS.uploadFileBytes + 1) })).toBe(true);
  });

  it("may have a model in DMN that is larger, as tables of ten thousand rows are", async () => {
    expect(await isTooLarge({ "decisions/large.dmn": "x".repeat(BOUNDS.uploadTableBytes) })).toBe(false);
    expect(await isTooLarge({ "decisions/large.dmn": "x".repeat(BOUNDS.uploadTableBytes + 1) })).toBe(true);
  });

  it("may have as many bytes together as the bounds say, and not one more", async () => {
    const room = BOUNDS.uploadTextBytes - BYTES;
    expect(await isTooLarge(together(room))).toBe(false);
    expect(await isTooLarge(together(room + 1))).toBe(true);
  });
});
