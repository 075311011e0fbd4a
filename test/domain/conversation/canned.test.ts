import { describe, expect, it } from "vitest";
import { cannedAnswers } from "#domain/conversation/canned.ts";
import type { CannedAnswer } from "#domain/playbook/model/answers.ts";
import type { JsonObject } from "#kernel/json.ts";
import { customer, playbookOf } from "../../support/decisions/decision.ts";
import { at, received, threadAfter, written } from "./people.ts";

const { head } = threadAfter(null, received(written("Where is it?", 0)), at(0));
const answer = (
  name: string,
  words: CannedAnswer["words"],
  topics: readonly string[] = [],
): CannedAnswer => ({
  name,
  title: `About ${name}`,
  topics,
  words,
  file: `answers/${name}.yaml`,
});
const filledFor = (
  answers: readonly CannedAnswer[],
  { traits = {}, ...asked }: { traits?: JsonObject; topic?: string; agent?: string; language?: string },
) => {
  const { topic, ...filling } = asked;
  const said = "2026-03-01T00:00:00.000Z";
  const known = Object.entries(traits).map(([name, value]) => [name, { value, at: said }]);
  return cannedAnswers(playbookOf({ answers }).document, {
    head: { ...head, ...(topic === undefined ? {} : { topic }) },
    customer: { ...customer({}).state, traits: Object.fromEntries(known) },
    now: Date.parse(said),
    ...filling,
  });
};

describe("a canned answer", () => {
  const greeting = { en: "Hello {{ customer.firstName }}, by {{ conversation.channel }}. {{ agent.name }}" };

  it("comes filled in for the customer and their conversation, with a gap for what nobody knows", () => {
    const [full] = filledFor([answer("hello", greeting)], { traits: { firstName: "Kim" }, agent: "Ana" });
    expect(full).toEqual({
      name: "hello",
      title: "About hello",
      language: "en",
      text: `Hello Kim, by ${head.channel}. Ana`,
      gaps: 0,
    });
    const [empty] = filledFor([answer("hello", greeting)], {});
    expect(empty).toMatchObject({ text: `Hello ___, by ${head.channel}. ___`, gaps: 2 });
  });

  it("leaves no gap where its words say what stands there instead", () => {
    const words = {
      en: "Hello{% if customer.firstName %} {{ customer.firstName }}{% endif %}, {{ customer.city | default: 'you' }}",
    };
    expect(filledFor([answer("hello", words)], {})).toMatchObject([{ text: "Hello, you", gaps: 0 }]);
  });

  it("speaks the customer's language, another that is asked for, else the brand's", () => {
    const both = [answer("hello", { de: "Guten Tag", en: "Hello" })];
    const textFor = (asked: Parameters<typeof filledFor>[1]) => filledFor(both, asked)[0]?.text;
    expect(textFor({ traits: { locale: "de-AT" } })).toBe("Guten Tag");
    expect(textFor({ traits: { locale: "de-AT" }, language: "en" })).toBe("Hello");
    expect(textFor({ traits: { locale: "fi" } })).toBe("Hello");
  });

  it("stands first where it is about the topic, and keeps its place where it cannot be filled in", () => {
    const broken = answer("a", { en: "{% for i in (1..100000000) %}{{ i }}{% endfor %}" });
    const all = [broken, answer("b", { en: "B" }), answer("c", { en: "C" }, ["delivery"])];
    expect(filledFor(all, { topic: "delivery" }).map(({ name, text }) => [name, text])).toEqual([
      ["c", "C"],
      ["a", null],
      ["b", "B"],
    ]);
  });

  it("says what a customer may have said of themselves word for word: it is no Liquid", () => {
    const [shown] = filledFor([answer("hello", greeting)], { traits: { firstName: "{{ brand.name }}" } });
    expect(shown?.text).toContain("Hello {{ brand.name }}");
  });
});
