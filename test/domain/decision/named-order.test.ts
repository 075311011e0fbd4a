import { describe, expect, it } from "vitest";
import { mayStandFor, orderedIn } from "#domain/decision/input/named-order.ts";
import { action, playbookOf } from "../../support/decisions/decision.ts";

const playbook = playbookOf({
  actions: [
    action("win-back", {
      treatments: [{ name: "we-miss-you", channel: "email", template: "miss", weight: 1 }],
    }),
    action("receipt", { category: "transactional" }),
    action("thanks", { treatments: [{ name: "thanks", channel: "email", weight: 1 }] }),
    action("shipped", {
      category: "transactional",
      treatments: [{ name: "thanks", channel: "sms", weight: 1 }],
    }),
  ],
  templates: { "miss/email": { en: { text: "Come back" } }, "code/sms": { en: { text: "{{ data.code }}" } } },
});
const ordered = (category: string, treatment: string, channel?: string) =>
  orderedIn({ category, treatment }, channel, playbook);

describe("the category of a message that an application names", () => {
  it("is the action's own, or a stricter one", () => {
    expect(ordered("marketing", "we-miss-you")?.category.name).toBe("marketing");
    expect(ordered("transactional", "receipt")?.category.name).toBe("transactional");
    expect(ordered("marketing", "receipt")?.category.name).toBe("marketing");
  });

  it("is never a laxer one: an offer is no receipt because somebody calls it one", () => {
    expect(ordered("transactional", "we-miss-you")).toBeNull();
    expect(ordered("service", "we-miss-you")).toBeNull();
  });

  it("holds for the template of an action, too, asked for by its own name", () => {
    expect(ordered("transactional", "miss")).toBeNull();
    expect(ordered("marketing", "miss")?.treatments).toHaveLength(1);
  });

  it("is the caller's affair for a template that no action uses", () => {
    expect(ordered("transactional", "code")?.treatments).toHaveLength(1);
  });

  it("tells apart actions that have a treatment of the same name", () => {
    expect(ordered("transactional", "thanks")?.action?.name).toBe("shipped");
    expect(ordered("transactional", "thanks", "email")).toBeNull();
  });
});

describe("which action's treatment is meant", () => {
  const on = (...channels: string[]) => channels.map((channel) => ({ name: "hello", channel, weight: 3 }));
  const owners = (...actions: ReturnType<typeof action>[]) => {
    const compiled = playbookOf({ actions });
    return (category: string, channel?: string) => {
      const found = orderedIn({ category, treatment: "hello" }, channel, compiled);
      return found && [found.action?.name, ...found.treatments.map((one) => one.channel)];
    };
  };
  const mail = action("mail", { treatments: on("email") });
  const text = action("text", { treatments: on("sms") });
  const owed = action("owed", { category: "transactional", treatments: on("email", "sms") });

  it("is that of the wanted channel before that of the category, and the first of two as fit", () => {
    expect(owners(mail, text)("marketing", "sms")).toEqual(["text", "sms"]);
    expect(owners(mail, text)("marketing")).toEqual(["mail", "email"]);
    expect(owners(owed, mail)("marketing", "email")).toEqual(["mail", "email"]);
    expect(owners(mail, owed)("transactional", "sms")).toEqual(["owed", "sms"]);
    expect(owners(mail, owed)("transactional")).toEqual(["owed", "email", "sms"]);
    expect(owners(mail, { ...text, category: "transactional" })("transactional", "email")).toBeNull();
    expect(owners(owed)("transactional", "push")).toBeNull();
  });

  it("is nobody's for content of the caller's own, and of a template that no action uses", () => {
    const compiled = playbookOf({
      templates: { "code/sms": { en: { text: "x" } }, "code/email": { en: { text: "x" } } },
    });
    expect(orderedIn({ category: "marketing", contentOn: "push" }, "push", compiled)?.treatments).toEqual([
      { name: "content", channel: "push", weight: 1 },
    ]);
    expect(orderedIn({ category: "marketing", treatment: "code" }, undefined, compiled)?.treatments).toEqual([
      { name: "code", channel: "sms", template: "code", weight: 1 },
      { name: "code", channel: "email", template: "code", weight: 1 },
    ]);
    expect(orderedIn({ category: "gone", treatment: "code" }, undefined, compiled)).toBeNull();
  });
});

describe("a category may stand for another", () => {
  const category = (name: string, consent: "none" | "implied" | "express", transactional = false) => ({
    name,
    consent,
    transactional,
  });
  const stands = (one: ReturnType<typeof category>, other: ReturnType<typeof category>) =>
    mayStandFor(one, [other.name], { categories: new Map([[other.name, other]]) });

  it("where it asks for as much and for something more", () => {
    expect(stands(category("a", "express"), category("b", "implied"))).toBe(true);
    expect(stands(category("a", "implied"), category("b", "express"))).toBe(false);
    expect(stands(category("a", "express"), category("b", "express"))).toBe(false);
    expect(stands(category("a", "none"), category("b", "none", true))).toBe(true);
    expect(stands(category("a", "none", true), category("b", "none"))).toBe(false);
    expect(stands(category("a", "express", true), category("b", "none"))).toBe(false);
    expect(stands(category("a", "express", true), category("b", "none", true))).toBe(true);
    expect(stands(category("a", "none"), category("b", "express", true))).toBe(false);
    expect(stands(category("same", "none"), category("same", "express"))).toBe(true);
  });

  it("for nobody's, and for none that the playbook does not know", () => {
    expect(mayStandFor(category("a", "none"), [], { categories: new Map() })).toBe(true);
    expect(mayStandFor(category("a", "express"), ["gone"], { categories: new Map() })).toBe(false);
  });
});
