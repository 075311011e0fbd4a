import { describe, expect, it } from "vitest";
import {
  action,
  address,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

const FREELY = { name: "freely", channel: "whatsapp", weight: 9, content: { text: "Hi" } };
const APPROVED = { name: "approved", channel: "whatsapp", weight: 1, content: { template: { name: "hi" } } };
const MAIL = { name: "mail", channel: "email", template: "mail", weight: 1 };

const { brand } = playbookOf().document;
const BRAND = { ...brand, providers: { ...brand.providers, whatsapp: "whatsapp-cloud-api" } };

const decide = (
  treatments: readonly (typeof FREELY | typeof APPROVED | typeof MAIL)[],
  hoursAgo: number | null,
) => {
  const bare = customer({
    addresses: [address("whatsapp", "4915112345678"), address("email", "ada@example.com")],
  });
  const wroteAt = hoursAgo === null ? {} : { wroteAt: { whatsapp: iso(NOON - hoursAgo * HOUR) } };
  const playbook = playbookOf({
    brand: BRAND,
    actions: [action("hi", { category: "transactional", treatments })],
  });
  return decideFor(playbook, { record: { ...bare, state: { ...bare.state, ...wroteAt } }, random: () => 0 });
};
const treatmentsOf = ({ messages }: ReturnType<typeof decide>) => messages.map(({ treatment }) => treatment);

describe("a channel that takes free words for a day after the customer wrote", () => {
  it("is used for anything in that time, by the treatments' weights", () => {
    const { decision } = decide([FREELY, APPROVED], 23);
    expect(decision.actions).toMatchObject([{ treatment: "freely", probability: 0.9 }]);
  });

  it.each([24, 1_000, null])("is used for what was approved alone after %s hours", (hours) => {
    const { decision } = decide([FREELY, APPROVED], hours);
    expect(decision.actions).toMatchObject([{ treatment: "approved", probability: 1 }]);
  });

  it("is left for another channel where nothing was approved, and the record says why where there is none", () => {
    expect(treatmentsOf(decide([FREELY, MAIL], 24))).toEqual(["mail"]);
    const alone = decide([FREELY], 24);
    expect(alone.messages).toEqual([]);
    expect(rejectionOf(alone, "hi")).toEqual({
      action: "hi",
      stage: "policy",
      reason: "window",
      cause: { kind: "window", channel: "whatsapp" },
    });
  });
});
