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
