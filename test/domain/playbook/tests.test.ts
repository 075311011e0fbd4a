import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { plainMjml } from "#domain/rehearsal/plain-mjml.ts";
import { ownFindings, testFiles } from "../../support/playbook/files.ts";

const found = async (text: string): Promise<readonly string[]> => {
  const { errors, warnings } = await parsePlaybook(testFiles({ "tests/shop.yaml": text }), plainMjml);
  return ownFindings([...errors, ...warnings])
    .filter(({ file }) => file.startsWith("tests/"))
    .map(
      ({ line, column, code, message, expected }) => `${line}:${column} ${code}: ${message} (${expected})`,
    );
};
const then = (entry: string) => `- it: works\n  then: [${entry}]\n`;
const when = (entry: string) => `- it: works\n  when: [${entry}]\n  then: [{ no: "*" }]\n`;

describe("a test file", () => {
  it("is right when it says one thing an entry, by names the playbook knows", async () => {
    expect(
      await found(
        when("{ track: Product Added, properties: { price: 1 } }, { ask: web.home.hero }, { advance: P1D }"),
      ),
    ).toEqual([]);
  });

  it.each([
    ["", "1:1", "a list"],
    ["it: works", "1:1", "a list"],
    ["- it: works\n", "1:3", "then"],
    ["- it: works\n  then: []\n", "2:9", "at least one thing"],
    [then("{ message: welcom }"), "2:21", 'did you mean "welcome"'],
    [then("{ mesage: welcome }"), "2:12", 'did you mean "message"'],
    [then("{ message: welcome, no: welcome }"), "2:30", "an entry for each"],
    [then("{ message: welcome, step: a }"), "2:30", '"step" beside it'],
    [then("{ decision: web.home.hero }"), "2:10", '"chosen or rejected"'],
    [then("{ decision: web.home.hero, rejected: welcome, reason: rules }"), "2:64", 'did you mean "rule"'],
    [then("{ journey: first-weeks, step: a }"), "2:21", "There is no journey"],
    [then("{ message: welcome, times: 0 }"), "2:37", "from 1 to 1000"],
    [then("{ message: welcome, at: tomorrow }"), "2:34", "a date such as"],
    [when("{}"), "2:10", "does not say"],
    [when("{ track: Product Aded }"), "2:19", 'did you mean "Product Added"'],
    [when("{ advance: 2 hours }"), "2:21", "PT30M"],
    [when("{ outcome: clicked }"), "2:10", '"of"'],
    [when("{ receive: STOP }"), "2:10", '"channel"'],
    [
      "- it: works\n  given: { traits: { emal: a } }\n  then: [{ no: '*' }]\n",
      "2:22",
      'did you mean "email"',
    ],
    ["- it: works\n  given: { experiments: { none: a } }\n  then: [{ no: '*' }]\n", "2:33", "experiment"],
    ["- it: works\n  given: { splits: { none: { a: b } } }\n  then: [{ no: '*' }]\n", "2:28", "no journey"],
    ["- it: works\n\tthen: []\n", "2:2", "one value"],
  ])("says what is wrong with %j, and where", async (text, place, words) => {
    const [first = "nothing"] = await found(text);
    expect(first.startsWith(`${place} `), first).toBe(true);
    expect(first).toContain(words);
  });
});
