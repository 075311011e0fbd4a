import { describe, expect, it } from "vitest";
import { askableIn, placeToAsk } from "#console/places/customers/askable.ts";

const askable = askableIn({
  placements: ["birthday.day", "call.retention", "web.home.hero", "trigger.welcome"],
  files: {
    "journeys/birthday.yaml": "steps:\n  congratulate: { decide: birthday.day, next: mark }\n",
    "playbook.yaml": "decide: call.retention\n",
  },
});
const decided = (placement: string, actions: readonly string[]) => ({
  id: placement,
  at: "2026-11-30T09:00:00.000Z",
  kind: "decision" as const,
  decisionId: placement,
  placement,
  actions,
});

describe("where one asks why not", () => {
  it("is told apart by who asks: people and pages, triggers, journeys", () => {
    expect(askable).toEqual({
      asked: ["call.retention", "web.home.hero"],
      triggers: ["trigger.welcome"],
      journeys: ["birthday.day"],
    });
  });

  it("begins where the customer was last left alone, else where something was decided, else where somebody asks", () => {
    const hero = decided("web.home.hero", ["hero-vip"]);
    const silence = decided("trigger.welcome", []);
    expect(placeToAsk(askable, [hero, silence])).toBe("trigger.welcome");
    expect(placeToAsk(askable, [hero])).toBe("web.home.hero");
    expect(placeToAsk(askable, [decided("gone.from.the.playbook", [])])).toBe("call.retention");
    expect(placeToAsk(askable, [])).toBe("call.retention");
    expect(placeToAsk({ asked: [], triggers: [], journeys: [] }, [])).toBe("");
  });
});
