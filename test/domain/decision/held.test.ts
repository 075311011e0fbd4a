import { describe, expect, it } from "vitest";
import type { CustomerState } from "#domain/records/customer.ts";
import {
  action,
  customer,
  decideFor,
  iso,
  NOON,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

const treatments = (channel: string) => [{ name: "cart", channel, template: "cart", weight: 1 }];
const rejected = (state: Partial<CustomerState>, channel = "email") => {
  const record = customer();
  const playbook = playbookOf({
    actions: [
      action("cart", { treatments: treatments(channel), placements: ["trigger.cart", "web.home.hero"] }),
    ],
  });
  const result = decideFor(playbook, {
    record: { ...record, state: { ...record.state, ...state } },
    ...(channel === "web" ? { placement: "web.home.hero", mode: "answer" as const } : {}),
  });
  return rejectionOf(result, "cart");
};
const conversation = { open: true, handler: "queue", channel: "sms", at: iso(NOON) } as const;

describe("an action that a conversation holds back", () => {
  it.each([
    [
      "with its topic",
      { conversation: { ...conversation, topic: "return" } },
      { kind: "held", topic: "return" },
    ],
    ["without a topic", { conversation }, { kind: "held" }],
    ["without a conversation that is known", {}, { kind: "held" }],
  ])("is turned down for it %s", (_what, state, cause) => {
    expect(rejected({ holding: ["marketing"], ...state })).toMatchObject({
      stage: "policy",
      reason: "conversation",
      cause,
    });
    expect(rejected({ holding: ["marketing"], ...state })?.cause).toEqual(cause);
  });

  it("is one of the categories that are held, and one that interrupts", () => {
    expect(rejected({ holding: ["service"], conversation })).toBeUndefined();
    expect(rejected({ holding: [], conversation })).toBeUndefined();
    expect(rejected({ holding: ["marketing"], conversation }, "web")).toBeUndefined();
  });
});
