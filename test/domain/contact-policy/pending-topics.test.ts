import { describe, expect, it } from "vitest";
import { isPending } from "#domain/contact-policy/pending-topics.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import { consent } from "../../support/decisions/decision.ts";

const category = (name: string, more: Partial<Category> = {}): Category => ({
  name,
  consent: "express",
  transactional: false,
  confirm: "double",
  ...more,
});
const { confirm: _, ...single } = category("service");
const policy = (...categories: Category[]) => ({
  categories,
  quietHours: [],
  caps: [],
  coolDowns: [],
  holdout: 0,
});
const said = (more: Parameters<typeof consent>[1] = {}, channel = "email") =>
  consent(channel, { standing: "public", topic: "news", ...more });

describe("what somebody agreed to by a public key waits to be confirmed", () => {
  const both = policy(category("news"), single);

  it.each([
    ["its category is confirmed", said(), both, true],
    [
      "every category it is about is confirmed",
      said({ topic: "*" }),
      policy(category("news"), category("more")),
      true,
    ],
    [
      "a category that asks for no consent is beside",
      said({ topic: "*" }),
      policy(category("news"), { ...single, consent: "none" }),
      true,
    ],
    ["it is about all channels", said({}, "*"), both, true],
    ["one of its categories holds at once", said({ topic: "*" }), both, false],
    ["its category holds at once", said({ topic: "service" }), both, false],
    ["no category is of that name", said({ topic: "gone" }), both, false],
    ["no link can be followed there", said({}, "call"), both, false],
    ["a known caller said it", consent("email", { topic: "news" }), both, false],
    ["it is a withdrawal", said({ status: "withdrawn" }), both, false],
  ] as const)("where %s", (_why, entry, contactPolicy, pending) => {
    expect(isPending(entry, contactPolicy)).toBe(pending);
  });
});
