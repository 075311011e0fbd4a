import { describe, expect, it } from "vitest";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { testFiles } from "../../../support/playbook/files.ts";

const noMjml = async (html: string) => ({ html, problems: [] });
const parsed = (answer: string) => parsePlaybook(testFiles({ "answers/parcel.yaml": answer }), noMjml);
/** What is found of an answer: the code, where, and what was expected. */
const foundOf = async (answer: string) => {
  const { errors, warnings } = await parsed(answer);
  return [...errors, ...warnings]
    .filter(({ file }) => file.startsWith("answers/"))
    .map(({ code, line, column, expected = "" }) => `${code} ${line}:${column} ${expected}`);
};

describe("a canned answer of a playbook", () => {
  it("is kept under the name of its file, with its words in each language", async () => {
    const { document } = await parsed(
      "title: Under way\ntopics: [delivery]\nwords: { en: It is, de: Ist es }\n",
    );
    expect(document?.answers).toEqual([
      {
        name: "parcel",
        title: "Under way",
        topics: ["delivery"],
        words: { en: "It is", de: "Ist es" },
        file: "answers/parcel.yaml",
      },
    ]);
    expect((await parsePlaybook(testFiles(), noMjml)).document).not.toHaveProperty("answers");
  });

  it.each([
    ["words that are no Liquid", "title: A\nwords:\n  en: 'Hi {{ customer.vip '\n", ["liquid 3:11 "]],
    [
      "a trait that there is not",
      "title: A\nwords:\n  en: 'Hi {{ customer.agee }}'\n",
      ["unknown-trait 3:14 "],
    ],
    ["what no answer knows", "title: A\nwords:\n  en: 'Hi {{ event.total }}'\n", ["unknown-variable 3:14 "]],
    [
      "a field that no conversation has",
      "title: A\nwords:\n  en: 'Hi {{ conversation.topik }}'\n",
      ["unknown-variable 3:14 "],
    ],
    ["no words", "title: A\nwords: {}\n", ["missing-part 2:8 "]],
    ["blank words", "title: A\nwords: { en: ' ' }\n", ["invalid-value 2:14 "]],
    ["no title", "words: { en: Hello }\n", ["missing-field 1:1 text"]],
    ["words in another language alone", "title: A\nwords: { de: Hallo }\n", ["missing-language 2:8 "]],
  ])("is told of for %s, with the place", async (_what, answer, found) => {
    const told = await foundOf(answer);
    expect(told).toHaveLength(found.length);
    expect(told).toEqual(found.map((one) => expect.stringContaining(one)));
  });

  it("is one of at most 200", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [
        `answers/a${index}.yaml`,
        "title: A\nwords: { en: Hello }\n",
      ]),
    );
    const { errors } = await parsePlaybook(testFiles(many), noMjml);
    expect(errors).toMatchObject([{ code: "too-large", expected: "at most 200" }]);
  });
});
