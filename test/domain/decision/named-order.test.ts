import { describe, expect, it } from "vitest";
import { orderedIn } from "#domain/decision/input/named-order.ts";
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
