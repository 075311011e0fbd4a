import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, matches } from "#domain/rehearsal/judge.ts";
import type { SeenCustomer } from "#domain/rehearsal/seen.ts";

const seen = (more: Partial<SeenCustomer> = {}): SeenCustomer => ({
  customerId: "cus_1",
  messages: [],
  decisions: [],
  runs: [],
  facts: {},
  ...more,
});
const mail = (action: string, texts: Record<string, string> = {}) => ({
  customerId: "cus_1",
  action,
  channel: "email",
  at: "2026-03-02T10:00:30.000Z",
  texts,
});

describe("a pattern with stars", () => {
  it.each([
    ["*Grinder*", "Your Grinder waits", true],
    ["Your*waits", "Your Grinder waits", true],
    ["Your", "Your Grinder", false],
    ["*", "", true],
    ["a*a", "a", false],
    ["a*b*c", "a-c-b", false],
    ["a.c", "abc", false],
    ["*a*", "abc", true],
    ["a*b*c", "abc", true],
    ["*ab*b", "ab", false],
    ["ab*ba", "aba", false],
    ["ab*ba", "abba", true],
    ["a*", "ba", false],
    ["*a", "ab", false],
  ])("%j fits %j: %j", (pattern, text, fits) => {
    expect(matches(pattern, text)).toBe(fits);
  });

  it("fits every text that is made by filling its stars in", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (parts, filling) => {
        const plain = parts.map((part) => part.replaceAll("*", ""));
        expect(matches(plain.join("*"), plain.join(filling.replaceAll("*", "")))).toBe(true);
      }),
    );
  });
});

const AT = "2026-03-02T10:00:30.000Z";
const decided = (placement: string, chosen: readonly string[], rejected: Record<string, string> = {}) =>
  ({
    placement,
    actions: chosen.map((action) => ({ action })),
    rejected: Object.entries(rejected).map(([action, reason]) => ({ action, reason })),
  }) as unknown as SeenCustomer["decisions"][number];
const answered = (text: string, channel = "email") => {
  const { action: _, ...answer } = { ...mail(""), channel, texts: { text } };
  return answer;
};

describe("what a test finds wrong", () => {
  const sent = `sent: hello by email at ${AT}`;
  const none = "no message was sent";
  const capped = decided("home", [], { hello: "cap" });
  const run = (step: string, ended?: string) =>
    ({
      journey: "welcome",
      step,
      ...(ended === undefined ? {} : { ended: { as: ended } }),
    }) as unknown as SeenCustomer["runs"][number];
  const twoHome = {
    decisions: [decided("home", ["bye"]), decided("home", ["hello"], { bye: "cap", tea: "rule" })],
  };

  it.each<[string, Parameters<typeof judge>[0], Partial<SeenCustomer>, string | null]>([
    [
      "a message too many",
      { message: "hello", times: 0 },
      { messages: [mail("hello")] },
      `expected hello not at all, seen once; ${sent}`,
    ],
    [
      "a message too few",
      { message: "hello", times: 2 },
      { messages: [mail("hello")], decisions: [capped] },
      `expected hello 2 times, seen once; ${sent}`,
    ],
    [
      "a message nobody asked for",
      { message: "hello" },
      { decisions: [decided("home", ["bye"])] },
      `expected hello once, seen not at all; nobody asked for it; ${none}`,
    ],
    [
      "a message turned down",
      { message: "hello" },
      { decisions: [capped, decided("home", [])] },
      `expected hello once, seen not at all; at home it was turned down: cap; ${none}`,
    ],
    [
      "a message chosen last and not sent",
      { message: "hello" },
      { decisions: [capped, decided("home", ["hello"])] },
      `expected hello once, seen not at all; ${none}`,
    ],
    [
      "no message at all",
      { message: "*" },
      { decisions: [capped] },
      `expected * once, seen not at all; ${none}`,
    ],
    ["any message", { message: "*" }, { messages: [mail("hello")] }, null],
    [
      "a message on another channel",
      { message: "hello", channel: "sms", times: 0 },
      { messages: [mail("hello")] },
      null,
    ],
    ["a message on its channel", { message: "hello", channel: "email" }, { messages: [mail("hello")] }, null],
    [
      "a title as the subject",
      { message: "hello", subject: "Hi" },
      { messages: [mail("hello", { title: "Hi" })] },
      null,
    ],
    [
      "no subject where one is expected",
      { message: "hello", subject: "", times: 0 },
      { messages: [mail("hello", { text: "Hi" })] },
      `expected hello not at all, seen once; ${sent} "Hi"`,
    ],
    [
      "a long subject",
      { message: "hello", times: 0 },
      { messages: [mail("hello", { subject: "a".repeat(81), title: "t" })] },
      `expected hello not at all, seen once; ${sent} "${"a".repeat(80)}"`,
    ],
    [
      "two messages",
      { message: "tea" },
      { messages: [mail("hello"), answered("Yes")], decisions: [decided("home", ["tea"])] },
      `expected tea once, seen not at all; ${sent}, an answer of the hub by email at ${AT} "Yes"`,
    ],
    [
      "a message where none is wanted",
      { no: "hello" },
      { messages: [mail("hello"), mail("bye")] },
      `expected none, ${sent}`,
    ],
    ["none on another channel", { no: "hello", channel: "sms" }, { messages: [mail("hello")] }, null],
    [
      "an answer where nothing is wanted",
      { no: "*" },
      { messages: [answered("Yes")] },
      `expected none, sent: an answer of the hub by email at ${AT} "Yes"`,
    ],
    ["the answer", { reply: "Yes*" }, { messages: [answered("Yes, please")] }, null],
    [
      "no answer",
      { reply: "Yes" },
      { messages: [mail("hello", { text: "Yes" })] },
      "expected the answer once, seen not at all",
    ],
    [
      "another answer",
      { reply: "Yes", times: 2 },
      { messages: [answered("No"), answered("Yes")] },
      'expected the answer 2 times, seen once; answered: "No", "Yes"',
    ],
    [
      "an answer on another channel",
      { reply: "Yes", channel: "sms" },
      { messages: [answered("Yes")] },
      "expected the answer once, seen not at all",
    ],
    ["no decision", { decision: "web", chosen: "hello" }, twoHome, "nothing was decided at web"],
    ["the last choice", { decision: "home", chosen: "hello" }, twoHome, null],
    [
      "another choice",
      { decision: "home", chosen: "tea" },
      twoHome,
      "expected tea; chosen: hello; turned down: bye (cap), tea (rule)",
    ],
    [
      "another choice with nothing turned down",
      { decision: "home", chosen: "tea" },
      { decisions: [decided("home", ["a", "b"])] },
      "expected tea; chosen: a, b",
    ],
    ["nothing chosen", { decision: "home", chosen: "nothing" }, { decisions: [decided("home", [])] }, null],
    ["an action turned down", { decision: "home", rejected: "tea" }, twoHome, null],
    [
      "an action turned down for the reason",
      { decision: "home", rejected: "tea", reason: "rule" },
      twoHome,
      null,
    ],
    [
      "another reason",
      { decision: "home", rejected: "tea", reason: "cap" },
      twoHome,
      "expected tea to be turned down for cap; chosen: hello; turned down: bye (cap), tea (rule)",
    ],
    [
      "an action not turned down",
      { decision: "home", rejected: "hello" },
      twoHome,
      "expected hello to be turned down; chosen: hello; turned down: bye (cap), tea (rule)",
    ],
    ["the step", { journey: "welcome", step: "wait" }, { runs: [run("wait")] }, null],
    ["the end", { journey: "welcome", ended: "done" }, { runs: [run("wait", "done")] }, null],
    [
      "a step of a run that ended",
      { journey: "welcome", step: "wait" },
      { runs: [run("wait", "done")] },
      "expected at wait, seen ended as done",
    ],
    [
      "other steps",
      { journey: "welcome", step: "wait" },
      { runs: [run("ask"), run("tell")] },
      "expected at wait, seen at ask, at tell",
    ],
    [
      "another end",
      { journey: "welcome", ended: "done" },
      { runs: [run("wait", "gone"), run("wait")] },
      "expected ended as done, seen ended as gone, at wait",
    ],
    [
      "nobody in the journey",
      { journey: "other", step: "wait" },
      { runs: [run("wait")] },
      "expected at wait, seen nobody inside",
    ],
    ["another segment", { segment: "vip" }, { facts: { vip: false } }, "expected vip to be true, seen false"],
    ["another trait", { trait: "tier", is: "gold" }, {}, 'expected tier to be "gold", seen null'],
    [
      "a trait that should have nothing",
      { trait: "tier" },
      { facts: { tier: "gold" } },
      'expected tier to be null, seen "gold"',
    ],
  ])("is said in words: %s", (_what, expected, what, words) => {
    expect(judge(expected, seen(what), [])).toBe(words);
  });
});

describe("what a test expects", () => {
  it("takes a message for said once, and no more often", () => {
    const twice = seen({ messages: [mail("hello"), mail("hello")] });
    expect(judge({ message: "hello" }, seen({ messages: [mail("hello")] }), [])).toBeNull();
    expect(judge({ message: "hello" }, twice, [])).toContain("seen 2 times");
    expect(judge({ message: "hello", times: 2 }, twice, [])).toBeNull();
  });

  it("tells the time to the minute, in whatever zone it is written", () => {
    const one = seen({ messages: [mail("hello")] });
    expect(judge({ message: "hello", at: "2026-03-02T11:00:00+01:00" }, one, [])).toBeNull();
    expect(judge({ message: "hello", at: "2026-03-02T10:01:00Z" }, one, [])).not.toBeNull();
  });

  it("looks for words in all texts, and for a subject in the subject", () => {
    const one = seen({ messages: [mail("hello", { subject: "Hi", text: "A\n  Grinder waits" })] });
    expect(judge({ message: "hello", text: "Grinder waits" }, one, [])).toBeNull();
    expect(judge({ message: "hello", subject: "*Grinder*" }, one, [])).toContain('"Hi"');
  });

  it("takes `no` of anything for nothing but what the test names", () => {
    const both = seen({ messages: [mail("hello"), mail("bye")] });
    expect(judge({ no: "*" }, both, [{ message: "hello" }])).toContain("bye by email");
    expect(judge({ no: "*" }, both, [{ message: "hello" }, { message: "bye" }])).toBeNull();
    expect(judge({ no: "hello" }, both, [{ message: "hello" }])).not.toBeNull();
  });

  it("holds nobody for somebody", () => {
    expect(judge({ no: "hello" }, null, [])).toBeNull();
    expect(judge({ segment: "vip", in: false }, null, [])).toBe("there is no such customer");
  });

  it("tells a value that is not there from one that is", () => {
    const one = seen({ facts: { orders: 0, vip: true } });
    expect(judge({ trait: "orders", is: 0 }, one, [])).toBeNull();
    expect(judge({ trait: "tier", is: null }, one, [])).toBeNull();
    expect(judge({ trait: "orders", is: null }, one, [])).toContain("seen 0");
    expect(judge({ segment: "vip" }, one, [])).toBeNull();
    expect(judge({ segment: "vip", in: false }, one, [])).not.toBeNull();
  });
});
