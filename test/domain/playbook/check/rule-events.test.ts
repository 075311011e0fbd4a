import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { TEST_FILES, testFiles } from "../../../support/playbook/files.ts";

const noMjml: RenderMjml = async (source) => ({ html: source, problems: [] });

/** Segments that are said not to be there, of a trigger on somebody entering one. */
const unknownSegments = async (rule: string): Promise<readonly string[]> => {
  const trigger = `loyal: { on: segment.entered, placement: trigger.welcome, if: '${rule}' }\n`;
  const files = testFiles({ "triggers.yaml": `${TEST_FILES["triggers.yaml"]}${trigger}` });
  const { errors } = await parsePlaybook(files, noMjml);
  return errors.filter(({ code }) => code === "unknown-segment").map(({ message }) => message);
};

describe("a rule about somebody entering a segment", () => {
  it.each([
    ['event.segment = "gold"'],
    ['"gold" = event.segment'],
    ['event.properties.segment = "gold"'],
    ['event.segment in ("vip", "gold")'],
    ['event.segment in ["gold"]'],
  ])("should be told of a segment there is not: %s", async (rule) => {
    expect(await unknownSegments(rule)).toEqual([expect.stringContaining('"gold"')]);
  });

  it.each([
    ['event.segment = "vip"'],
    ['event.segment = "vip" and customer.firstName = "gold"'],
    ['event.segment = "vip" and customer.locale in ("gold", "silver")'],
    ['event.name = "gold"'],
    ['event.properties.plan = "gold"'],
    ["event.segment = customer.firstName"],
  ])("should not be told so of other texts: %s", async (rule) => {
    expect(await unknownSegments(rule)).toEqual([]);
  });
});
