import { expect, it } from "vitest";
import { checkProfileRoom } from "#domain/playbook/check/profile-room.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { testFiles } from "../../support/playbook/files.ts";

const errorsOf = async (count: number) => {
  const segments = Array.from({ length: count }, (_, n) => `segment number ${n}: customer.age > ${n}`);
  const files = testFiles({ "segments.yaml": segments.join("\n") });
  const { errors } = await parsePlaybook(files, async () => ({ html: "", problems: [] }));
  return errors;
};

it("refuses a playbook whose segments alone would fill a profile, and names the file", async () => {
  expect(await errorsOf(450)).toMatchObject([
    { file: "segments.yaml", code: "too-large", expected: expect.stringContaining("at most 16384") },
  ]);
  expect(await errorsOf(200)).toEqual([]);
});

const triggersOf = async (count: number, more: string) => {
  const triggers = Array.from({ length: count }, (_, n) => `trigger-${n}: { on: Product Added${more} }`);
  const files = testFiles({ "triggers.yaml": triggers.join("\n") });
  const { errors } = await parsePlaybook(files, async () => ({ html: "", problems: [] }));
  return errors.flatMap(({ file, code }) => (code === "too-large" ? [file] : []));
};

it("counts triggers that wait, and no others", async () => {
  expect(await triggersOf(60, ", after: PT1H")).toEqual(["triggers.yaml"]);
  expect(await triggersOf(60, "")).toEqual([]);
  expect(await triggersOf(20, ", after: PT1H")).toEqual([]);
});

it("counts to the byte what names take, each watched event once, and names the file that takes most", () => {
  const toldOf = (segment: string) => {
    const file = (name: string) => ({ file: { at: () => ({ file: name, line: 1, column: 1 }) } });
    const told: unknown[][] = [];
    const draft = {
      document: {
        segments: [{ name: segment, condition: "true" }],
        triggers: [
          { name: "w", afterMs: 1, unless: ["e", "e"] },
          { name: "at once", unless: ["f"] },
        ],
        dataModel: { traits: [], computed: [{ name: "a" }, { name: "b" }] },
      },
      sources: { segments: file("segments"), triggers: file("triggers"), dataModel: file("model") },
    };
    const report = { error: (...words: unknown[]) => told.push(words) };
    checkProfileRoom(draft as never, report as never);
    return told;
  };
  // 32 beside a segment, 421 for a wait, 33 for each of two watched events, 12 for each computed trait.
  const most = 16_384 - 32 - 421 - 66 - 24;
  expect(toldOf("a".repeat(most))).toEqual([]);
  expect(toldOf("é".repeat((most + 1) / 2))).toEqual([
    [
      { file: "segments", line: 1, column: 1 },
      "too-large",
      "Segments, triggers that wait and events they watch take up to 16385 bytes of a profile",
      "at most 16384: fewer of them, or shorter names",
    ],
  ]);
});
