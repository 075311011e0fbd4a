import { describe, expect, it } from "vitest";
import { normalizeIdentifier, normalizeRef } from "#domain/identity/identifiers.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { event, identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

const hub = () => {
  const profiles = memoryProfiles(playbook);
  const { customers } = profiles.dependencies;
  return {
    ...profiles,
    /** Each event as a message of its own. */
    apply: async (...events: CollectedEvent[]) => {
      for (const one of events) {
        const group = one.userId ?? one.anonymousId ?? one.id;
        await applyGroup(profiles.dependencies, { v: 1, group, events: [one] });
      }
    },
    who: async (ref: string) => (await customers.find(ref))?.state,
    identifiers: async (ref: string) =>
      (await customers.find(ref))?.state.identifiers.map(({ type, value }) => `${type}:${value}`).sort(),
    living: () =>
      [...profiles.shared.states.values()].filter(({ mergedInto }) => mergedInto === undefined).length,
  };
};

describe("who an event is about", () => {
  it("should keep people with nothing in common apart", async () => {
    const { apply, living } = hub();

    await apply(track("Signed Up", { userId: "u1" }), track("Signed Up", { userId: "u2" }));

    expect(living()).toBe(2);
  });

  it("should join what an anonymous visitor did to the person they turn out to be, afterwards too", async () => {
    const { apply, who, living } = hub();

    await apply(
      track("Order Completed", { userId: "u1", properties: { total: 5 } }),
      track("Order Completed", { anonymousId: "a1", properties: { total: 7 } }),
      identify({}, { userId: "u1", anonymousId: "a1" }),
    );

    expect(living()).toBe(1);
    expect((await who("anonymousId:a1"))?.computed.spent?.all).toEqual({ sum: "12000000" });
  });

  it("should join customers merged before into a third, and find them under every identifier", async () => {
    const { apply, who, living } = hub();

    await apply(
      track("Signed Up", { anonymousId: "a1" }),
      track("Signed Up", { anonymousId: "a2" }),
      identify({ email: "ada@shop.example" }, { anonymousId: "a1" }),
      identify({ email: "ada@shop.example" }, { anonymousId: "a2" }),
      identify({ email: "ada@shop.example" }, { userId: "u1" }),
      track("Signed Up", { userId: "u1", anonymousId: "a3" }),
    );

    expect(living()).toBe(1);
    const refs = [
      "userId:u1",
      "email:ada@shop.example",
      "anonymousId:a1",
      "anonymousId:a2",
      "anonymousId:a3",
    ];
    const found = await Promise.all(refs.map(async (ref) => (await who(ref))?.customerId));
    expect(new Set(found).size).toBe(1);
  });

  it("should leave an anonymous identifier that meets a second known person with the first", async () => {
    const { apply, who, identifiers, living } = hub();

    await apply(
      identify({ firstName: "Ada" }, { userId: "u1", anonymousId: "kiosk" }),
      identify({ firstName: "Bea" }, { userId: "u2", anonymousId: "kiosk" }),
      track("Product Viewed", { anonymousId: "kiosk" }),
    );

    expect(living()).toBe(2);
    expect((await who("anonymousId:kiosk"))?.traits.firstName?.value).toBe("Ada");
    expect((await who("userId:u2"))?.traits.firstName?.value).toBe("Bea");
    expect((await who("userId:u2"))?.contested).toEqual([{ type: "anonymousId", value: "kiosk" }]);
    expect(await identifiers("userId:u2")).toEqual(["userId:u2"]);
    expect((await who("userId:u1"))?.recent.map(({ name }) => name)).toContain("Product Viewed");
  });

  it("should not join two known people by a mailbox they share, but still reach both", async () => {
    const { apply, who, living } = hub();

    await apply(
      identify({ email: "family@shop.example" }, { userId: "u1" }),
      identify({ email: "family@shop.example" }, { userId: "u2" }),
    );

    expect(living()).toBe(2);
    expect((await who("email:family@shop.example"))?.identifiers).toContainEqual(
      expect.objectContaining({ type: "userId", value: "u1" }),
    );
    expect((await who("userId:u2"))?.addresses).toMatchObject([
      { channel: "email", value: "family@shop.example", status: "active" },
    ]);
  });

  it("should join what was known under the previous id of an alias", async () => {
    const { apply, identifiers, living } = hub();

    await apply(
      track("Signed Up", { anonymousId: "old" }),
      event({ type: "alias", previousId: "old", userId: "u1" }),
    );

    expect(living()).toBe(1);
    expect(await identifiers("userId:u1")).toEqual(["anonymousId:old", "userId:u1"]);
  });

  it("should not let an alias join two known people", async () => {
    const { apply, who, living } = hub();

    await apply(
      track("Signed Up", { userId: "u1" }),
      track("Signed Up", { userId: "u2" }),
      event({ type: "alias", previousId: "u1", userId: "u2" }),
    );

    expect(living()).toBe(2);
    expect((await who("userId:u2"))?.contested).toContainEqual({ type: "userId", value: "u1" });
  });

  it("should apply what a message caused to the customer it was sent to, merged meanwhile or not", async () => {
    const { apply, who } = hub();
    await apply(track("Signed Up", { anonymousId: "a1" }));
    const before = (await who("anonymousId:a1"))?.customerId ?? "";
    await apply(track("Signed Up", { userId: "u1" }), identify({}, { userId: "u1", anonymousId: "a1" }));

    await apply(event({ type: "outcome", name: "message.opened", customerId: before, depth: 1 }));

    expect((await who("userId:u1"))?.recent.map(({ name }) => name)).toContain("message.opened");
  });

  it("should forget the device unseen for longest when there are too many, and still find the person by it", async () => {
    const { apply, identifiers, who } = hub();
    const device = (index: number) =>
      track("Product Viewed", {
        userId: "u1",
        at: minutesAgo(200 - index),
        context: { device: { token: `token-${index}` } },
      });

    await apply(...Array.from({ length: 25 }, (_, index) => device(index)));

    const tokens = ((await identifiers("userId:u1")) ?? []).filter((one) => one.startsWith("deviceToken:"));
    expect(tokens).toHaveLength(20);
    expect(tokens).not.toContain("deviceToken:token-0");
    expect(tokens).toContain("deviceToken:token-24");
    expect((await who("deviceToken:token-0"))?.customerId).toBe((await who("userId:u1"))?.customerId);
  });
});

describe("one spelling of an identifier", () => {
  const type = (name: string) => {
    const found = playbook.identifierTypes.get(name);
    if (found === undefined) throw new Error(`${name} is not declared`);
    return found;
  };

  it.each([
    ["email", "  Ada@Shop.EXAMPLE ", "ada@shop.example"],
    ["email", "ada at shop", null],
    ["email", "ada@shop.example\r\nBcc: all@shop.example", null],
    ["email", true, null],
    ["phone", "+49 (170) 123-4567", "+491701234567"],
    ["phone", "0170 1234567", "+491701234567"],
    ["phone", "call me", null],
    ["userId", 42, "42"],
    ["userId", "  ", null],
    ["userId", "x".repeat(600), null],
    ["userId", { id: 1 }, null],
  ])("should take %s %j as %j", (name, value, expected) => {
    expect(normalizeIdentifier(type(name), value, "DE")).toBe(expected);
  });

  it.each([
    ["cus_01hzx", "cus_01hzx"],
    ["email:ADA@shop.example", "email:ada@shop.example"],
    ["phone:+1 (555) 010-0123", "phone:+15550100123"],
    ["userId:a:b", "userId:a:b"],
    ["shoe:43", null],
    ["nothing", null],
    [":", null],
  ])("should take the reference %j as %j", (ref, expected) => {
    expect(normalizeRef(ref, playbook)).toBe(expected);
  });
});
