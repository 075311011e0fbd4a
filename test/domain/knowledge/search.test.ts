import { describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import { searchKnowledge } from "#domain/knowledge/search.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";
import { HELD_BACK, TUNED_BY } from "./questions.ts";

const files = readFolder(`${PROJECT_ROOT}playbooks/retail`);
const { document } = await parsePlaybook(files, async (html) => ({ html, problems: [] }));
const pages = document?.knowledge ?? [];
const now = Date.parse("2027-01-01T00:00:00.000Z");
const search = (question: string, locale = "en", among = pages) =>
  searchKnowledge(among, question, { locale, brandLocale: "en", now }).map(({ page }) => page);
const missed = (questions: typeof TUNED_BY) =>
  questions.filter(([locale, question, page]) => !search(question, locale).some(({ name }) => name === page));

describe("the knowledge of the retail playbook", () => {
  it("answers 20 questions that the search was tuned by, and 18 of 20 that it never saw, in the first three pages", () => {
    expect(missed(TUNED_BY)).toEqual([]);
    expect(missed(HELD_BACK).length).toBeLessThanOrEqual(2);
  });

  it("has ten pages in two languages, and gives each in the one that is asked in", () => {
    expect(new Set(pages.map(({ name }) => name)).size).toBe(10);
    expect(search("Rückgabe", "de-AT")[0]).toMatchObject({ name: "returns", locale: "de" });
    expect(search("returns", "en")[0]).toMatchObject({ name: "returns", locale: "en" });
  });
});

describe("a page", () => {
  const page = pages.find(({ name, locale }) => name === "returns" && locale === "en");
  if (page === undefined) throw new Error("there is no such page");

  it("is found while it is valid alone", () => {
    expect(search("refund", "en", [{ ...page, activeTo: now }])).toEqual([]);
    expect(search("refund", "en", [{ ...page, activeFrom: now }])).toHaveLength(1);
  });

  it.each([
    ["misspelt", "refnud"],
    ["in capitals with signs", "REFUND!!!"],
    ["with accents", "réfund"],
  ])("is found by a word that is %s", (_, word) => {
    expect(search(word, "en", [page])).toHaveLength(1);
  });

  it.each(["", "the and of", "🙂🙂", "zzzzqqqq", "{{ customer.email }}"])("is not found by %j", (text) => {
    expect(search(text, "en", [page])).toEqual([]);
  });

  it("is searched for in a bounded part of a question of any size, also among many pages", () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...page,
      name: `page-${index}`,
      text: "coffee beans and grinders ".repeat(500),
    }));
    const began = performance.now();
    expect(search("refund ".repeat(100_000), "en", many)).toHaveLength(3);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
