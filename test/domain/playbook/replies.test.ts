import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { ownFindings, testFiles } from "../../support/playbook/files.ts";

const findingsOf = async (text: string) => {
  const files = testFiles({ "replies.yaml": text });
  const { errors, warnings } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
  return ownFindings([...errors, ...warnings]).map(({ line, code }) => `${line} ${code}`);
};
const rule = (members: string) => `rules:\n  - name: one\n${members.replace(/^/gm, "    ")}`;

describe("replies.yaml", () => {
  it.each([
    ["a rule that nothing leads to", rule("answer: { en: x }"), ["2 contradiction"]],
    ["a rule that does nothing", rule("keywords: { en: [hi] }"), ["2 contradiction"]],
    [
      "a word that the law took",
      rule("keywords: { en: [hi, STOP] }\nanswer: { en: x }"),
      ["3 contradiction"],
    ],
    [
      "an event that nobody tells",
      rule(
        "keywords: { en: [hi] }\nfind: { events: [Ordr Completed], property: x }\nnotFound: { en: x }\nanswer: { en: x }",
      ),
      ["4 unknown-event"],
    ],
    [
      "nothing to say where nothing is found",
      rule("keywords: { en: [hi] }\nfind: { events: [Order Completed], property: x }\nanswer: { en: x }"),
      ["4 contradiction"],
    ],
    ["a text that is no Liquid", rule('keywords: { en: [hi] }\nanswer:\n  en: "{{ data.x "'), ["5 liquid"]],
    [
      "a trait that nobody declares",
      `handOver: { facts: [agee] }\n${rule("keywords: { en: [hi] }\nhandOver: {}")}`,
      ["1 unknown-trait"],
    ],
    [
      "no text in the brand's language",
      rule("keywords: { de: [hi] }\nanswer: { de: x }"),
      ["4 missing-language"],
    ],
    [
      "a condition that is none",
      rule("if: customer.agee >\nkeywords: { en: [hi] }\nhandOver: {}"),
      ["3 feel-syntax"],
    ],
    ["a topic of no team", rule("keywords: { en: [hi] }\nhandOver: { topic: lost }"), ["4 unknown-topic"]],
    [
      "a name twice",
      `${rule("keywords: { en: [hi] }\nhandOver: {}")}\n  - { name: one, keywords: { en: [ho] }, handOver: {} }`,
      ["5 duplicate-name"],
    ],
    [
      "nothing wrong",
      rule('if: customer.age > 1\nkeywords: { en: [hi] }\nanswer: { en: "{{ data.argument }}" }'),
      [],
    ],
  ])("finds %s", async (_, text, findings) => {
    expect(await findingsOf(text)).toEqual(findings);
  });
});
