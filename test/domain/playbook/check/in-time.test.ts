import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { TEST_FILES, testFiles } from "../../../support/playbook/files.ts";

const MODEL = (TEST_FILES["data-model.yaml"] ?? "").replace("age: number", "age: number\n  renewal: date");

const codesOf = async (segment: string, trigger = ""): Promise<readonly string[]> => {
  const files = testFiles({
    "data-model.yaml": MODEL,
    "segments.yaml": `vip: ${segment}\n`,
    "triggers.yaml": `${TEST_FILES["triggers.yaml"]}${trigger}`,
  });
  const { errors, warnings } = await parsePlaybook(files, async () => ({ html: "", issues: [] }) as never);
  return [...errors, ...warnings].map(({ code }) => code);
};

describe("conditions that time alone changes", () => {
  it.each([
    'customer.renewal <= today() + @"P30D"',
    'today() in [customer.renewal..customer.renewal + @"P7D"]',
    'not(customer.renewal - @"P1M" > today()) or customer.recentViews >= 2',
    "now.hour >= 9 and customer.age > 18",
  ])("are noticed at their moment: %s", async (condition) => {
    expect(await codesOf(condition)).not.toContain("unclear-moment");
  });

  it.each([
    "now().second = 7",
    "some age in [1, 2] satisfies now() > date and time(customer.renewal, time(9, age, 0))",
  ])("of which nobody can say when are told of: %s", async (condition) => {
    expect(await codesOf(condition)).toContain("unclear-moment");
  });
});

describe("the day of a trigger", () => {
  it.each([
    ["x: { at: today(), placement: trigger.welcome }", "unclear-moment"],
    [
      "x: { at: 'customer.renewal + (today() - customer.renewal)', placement: trigger.welcome }",
      "unclear-moment",
    ],
    ["x: { at: customer.age, placement: trigger.welcome }", "wrong-type"],
    ["x: { at: customer.renewal, after: P1D, placement: trigger.welcome }", "contradiction"],
    ['x: { on: Signed Up, hour: "09:00", placement: trigger.welcome }', "contradiction"],
    ["x: { at: customer.renewal, holidays: [mars], placement: trigger.welcome }", "unknown-calendar"],
  ])("that never comes is found: %s", async (trigger, code) => {
    expect(await codesOf("customer.orders >= 3", `${trigger}\n`)).toContain(code);
  });
});
