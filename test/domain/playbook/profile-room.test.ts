import { expect, it } from "vitest";
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
