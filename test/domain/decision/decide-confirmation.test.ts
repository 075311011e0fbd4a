import { describe, expect, it } from "vitest";
import { confirmationFor } from "#domain/decision/decide-confirmation.ts";
import { address, consent, customer, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const asking = (categories: readonly { name: string; transactional: boolean; double?: boolean }[]) =>
  playbookOf({
    contactPolicy: {
      categories: categories.map(({ name, transactional, double = false }) => ({
        name,
        transactional,
        consent: transactional ? "none" : "express",
        ...(double ? { confirm: "double" as const } : {}),
      })),
    },
  });
const playbook = asking([
  { name: "news", transactional: false, double: true },
  { name: "offers", transactional: false },
  { name: "receipts", transactional: true },
]);
const yes = (more = {}) => consent("email", { topic: "news", standing: "public", ...more });
const asked = (record: Parameters<typeof customer>[0], channel = "email", of = playbook) =>
  confirmationFor(customer(record), of, channel, iso(NOON));

describe("the message that asks to confirm a yes", () => {
  it("goes as a transactional one to the first active address of the channel, for what waits there", () => {
    const addresses = [
      address("sms", "+12125550100"),
      address("email", "old@x.example", "bounced"),
      address("email", "a@x.example"),
      address("email", "b@x.example"),
    ];
    expect(asked({ consents: [yes()], addresses })).toMatchObject({
      channel: "email",
      category: { name: "receipts" },
      treatments: [{ name: "content", channel: "email", weight: 1 }],
      address: { channel: "email", value: "a@x.example" },
      confirms: ["news"],
    });
  });

  it("goes on the first channel of the playbook's where a yes for all of them can be confirmed", () => {
    expect(asked({ consents: [yes({ channel: "*" })] }, "*")).toMatchObject({ channel: "email" });
    expect(asked({ consents: [yes({ channel: "*" })] }, "call")).toBeNull();
  });

  it("is none where nothing waits, nobody can be reached, or the playbook has no transactional category", () => {
    expect(asked({ consents: [] })).toBeNull();
    expect(asked({ consents: [yes({ topic: "offers" })] })).toBeNull();
    expect(asked({ consents: [yes()], addresses: [address("email", "a@x.example", "bounced")] })).toBeNull();
    const without = asking([{ name: "news", transactional: false, double: true }]);
    expect(asked({ consents: [yes()] }, "email", without)).toBeNull();
  });
});
