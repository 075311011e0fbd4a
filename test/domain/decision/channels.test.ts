import { describe, expect, it } from "vitest";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

describe("channel and treatment", () => {
  const both = [
    { name: "mail", channel: "email", weight: 1 },
    { name: "text", channel: "sms", weight: 1 },
  ];
  const reachable = {
    addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
    consents: [consent("email"), consent("sms")],
  };
  const playbook = playbookOf({ actions: [action("cart", { treatments: both })] });
  const channelFor = (record = customer(reachable), channel?: string) =>
    decideFor(playbook, { record, ...(channel === undefined ? {} : { channel }) }).decision.actions[0]
      ?.channel;

  it("follows the brand's order, the customer's own wish before it", () => {
    expect(channelFor()).toBe("email");
    expect(channelFor(customer({ ...reachable, traits: { preferredChannel: "sms" } }))).toBe("sms");
  });

  it("takes the next channel where the first is closed", () => {
    expect(channelFor(customer({ ...reachable, consents: [consent("sms")] }))).toBe("sms");
  });

  it("keeps to the channel that was asked for", () => {
    expect(channelFor(customer(reachable), "sms")).toBe("sms");
    expect(channelFor(customer(), "sms")).toBeUndefined();
  });

  it("tells of what has nothing for the channel or the place that it has nothing", () => {
    const refused = { stage: "channel", reason: "no-address", cause: { kind: "no-treatment" } };
    expect(rejectionOf(decideFor(playbook, { channel: "web" }), "cart")).toMatchObject(refused);
    const onWeb = playbookOf({
      actions: [action("cart")],
      placements: [{ name: "trigger.cart", limit: 1, channels: ["web"] }],
    });
    expect(rejectionOf(decideFor(onWeb, { mode: "answer" }), "cart")).toMatchObject(refused);
  });

  it("never counts a page as a way to send a message", () => {
    const treatments = [
      { name: "mail", channel: "email", weight: 1 },
      { name: "banner", channel: "web", weight: 1 },
    ];
    const mixed = playbookOf({ actions: [action("cart", { treatments })] });
    const record = customer({ consents: [] });
    expect(rejectionOf(decideFor(mixed, { record }), "cart")?.reason).toBe("consent");
    const onlyWeb = playbookOf({ actions: [action("cart", { treatments: treatments.slice(1) })] });
    expect(rejectionOf(decideFor(onlyWeb), "cart")).toMatchObject({ stage: "channel", reason: "no-address" });
    expect(decideFor(mixed, { record, mode: "answer" }).decision.actions[0]?.channel).toBe("web");
  });

  it("tells the reason that says most when no channel is left", () => {
    const result = decideFor(playbook, { record: customer({ consents: [] }) });
    expect(rejectionOf(result, "cart")).toMatchObject({
      reason: "consent",
      cause: { kind: "consent", channel: "email", verdict: "missing" },
    });
  });
});
