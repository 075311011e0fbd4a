import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { testFiles } from "../../../support/playbook/files.ts";

const noMjml = async (html: string) => ({ html, problems: [] });

/** What is found of a send: the code, where, and what was expected. */
const foundOf = async (send: string) => {
  const { errors, warnings } = await parsePlaybook(testFiles({ "sends/monthly.yaml": send }), noMjml);
  return [...errors, ...warnings]
    .filter(({ file }) => file === "sends/monthly.yaml")
    .map(({ code, line, expected = "" }) => `${code} ${line}: ${expected}`);
};
const plan = async (send: string) => {
  const { document } = await parsePlaybook(testFiles({ "sends/monthly.yaml": send }), noMjml);
  return document?.sends;
};

describe("a send of a playbook", () => {
  it("is planned under the name of its file, for a segment or by a condition", async () => {
    expect(await plan('segment: vip\nplacement: trigger.welcome\nhour: "18:00"\nrate: 5\n')).toEqual([
      {
        name: "monthly",
        segment: "vip",
        placement: "trigger.welcome",
        hour: "18:00",
        rate: 5,
        file: "sends/monthly.yaml",
      },
    ]);
    expect(await foundOf("if: customer.vip and customer.age > 18\nplacement: trigger.welcome\n")).toEqual([]);
    expect((await parsePlaybook(testFiles(), noMjml)).document).not.toHaveProperty("sends");
  });

  it.each([
    ["nobody in particular", "placement: trigger.welcome\n", ["no-audience 1: either segment or if"]],
    [
      "two audiences",
      "segment: vip\nif: customer.vip\nplacement: trigger.welcome\n",
      ["no-audience 1: either segment or if"],
    ],
    [
      "a segment that there is not",
      "segment: vips\nplacement: trigger.welcome\n",
      [expect.stringContaining('unknown-segment 1: did you mean "vip"?')],
    ],
    [
      "a placement that there is not",
      "segment: vip\nplacement: trigger.welcom\n",
      [expect.stringContaining('unknown-placement 2: did you mean "trigger.welcome"?')],
    ],
    [
      "a trait that there is not",
      "if: customer.agee > 3\nplacement: trigger.welcome\n",
      [expect.stringContaining("feel-unknown-entry 1")],
    ],
    [
      "an hour that no day has",
      'segment: vip\nplacement: trigger.welcome\nhour: "24:00"\n',
      [expect.stringContaining("3: an hour of the day")],
    ],
    [
      "no condition",
      "if: customer.age\nplacement: trigger.welcome\n",
      [expect.stringContaining("wrong-type 1")],
    ],
  ])("is refused for %s", async (_what, send, found) => {
    expect(await foundOf(send)).toEqual(found);
  });
});
