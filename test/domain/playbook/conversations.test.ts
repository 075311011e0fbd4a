import { describe, expect, it } from "vitest";
import { conversationPolicyOf, USUAL_CONVERSATIONS } from "#domain/playbook/model/conversations.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { ownFindings, testFiles, testPlaybook } from "../../support/playbook/files.ts";

const findingsOf = async (text: string) => {
  const files = testFiles({ "conversations.yaml": text });
  const { errors, warnings } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
  return ownFindings([...errors, ...warnings]).map(({ line, code }) => `${line} ${code}`);
};
const MONDAY = "hours:\n  days:\n    monday: ";

describe("conversations.yaml", () => {
  it("says how the company answers; without it customers come back within three days, and nothing is promised", async () => {
    expect(conversationPolicyOf((await testPlaybook()).document)).toEqual(USUAL_CONVERSATIONS);
    const { document } = await testPlaybook({
      "conversations.yaml": `
answerWithin: PT4H
reopenWithin: PT48H
hours: { days: { monday: [{ from: "09:00", to: "12:30" }, { from: "13:30", to: "24:00" }] } }
teams: { returns: { topics: [return], answerWithin: PT8H }, billing: {} }
`,
    });
    expect(conversationPolicyOf(document)).toMatchObject({
      answerWithinMs: 4 * HOUR_MS,
      reopenWithinMs: 48 * HOUR_MS,
      hours: { timeZone: "UTC", week: [[{ to: "12:30" }, { from: "13:30" }], [], [], [], [], [], []] },
      teams: [
        { name: "returns", topics: ["return"], answerWithinMs: 8 * HOUR_MS },
        { name: "billing", topics: [] },
      ],
    });
  });

  it.each([
    [
      "an end before its beginning",
      `answerWithin: PT1H\n${MONDAY}[{ from: "12:00", to: "09:00" }, { from: "13:00", to: "14:00" }]`,
      ["4 contradiction"],
    ],
    [
      "two stretches at once",
      `answerWithin: PT1H\n${MONDAY}[{ from: "09:00", to: "12:00" }, { from: "11:00", to: "14:00" }]`,
      ["4 contradiction"],
    ],
    [
      "one stretch after another, or before",
      `answerWithin: PT1H\n${MONDAY}[{ from: "09:00", to: "12:00" }, { from: "12:00", to: "14:00" }, { from: "08:00", to: "09:00" }]`,
      [],
    ],
    [
      "no time at all in a stretch",
      `answerWithin: PT1H\n${MONDAY}[{ from: "09:00", to: "09:00" }, { from: "13:00", to: "14:00" }]`,
      ["4 contradiction"],
    ],
    ["a topic twice in one team", "teams:\n  a: { topics: [return, return] }\n  b: {}", []],
    [
      "hours for a team's promise",
      `${MONDAY}[{ from: "09:00", to: "12:00" }]\nteams: { a: { answerWithin: PT1H } }`,
      [],
    ],
    ["no working time", "answerWithin: PT1H\nhours:\n  days: {}", ["3 contradiction"]],
    ["hours for no promise, which reports measure in", `${MONDAY}[{ from: "09:00", to: "12:00" }]`, []],
    [
      "holidays that are listed nowhere",
      `answerWithin: PT1H\n${MONDAY}[{ from: "09:00", to: "12:00" }]\n  holidays: [germany]`,
      ["5 unknown-list of holidays"],
    ],
    [
      "a topic of two teams",
      "teams:\n  a: { topics: [return] }\n  b: { topics: [return] }",
      ["3 contradiction"],
    ],
    ["a promise of no length", "answerWithin: PT0S", ["1 invalid-value"]],
    ["an unknown field", "answer: PT1H", ["1 unknown-field"]],
  ])("refuses, or warns of, %s", async (_, text, expected) => {
    expect(await findingsOf(`${text}\n`)).toEqual(expected);
  });
});
