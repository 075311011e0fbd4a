import { describe, expect, it } from "vitest";
import { TriggerFired } from "#events/trigger-fired.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

describe("applying the events of an inbox message", () => {
  it("should make one customer of an anonymous visit and the login that follows", async () => {
    const { dependencies, shared } = memoryProfiles(playbook);

    await applyGroup(dependencies, {
      v: 1,
      group: "a",
      events: [track("Product Viewed", { anonymousId: "a1", properties: { name: "Lamp" } })],
    });
    await applyGroup(dependencies, {
      v: 1,
      group: "u",
      events: [
        identify({ firstName: "Ada", email: " Ada@Shop.Example " }, { userId: "u1", anonymousId: "a1" }),
      ],
    });

    const record = await dependencies.customers.find("email:ada@shop.example");
    expect(shared.states.size).toBe(1);
    expect(record?.state.identifiers.map(({ type, value }) => `${type}:${value}`).sort()).toEqual([
      "anonymousId:a1",
      "email:ada@shop.example",
      "userId:u1",
    ]);
    expect(record?.state.traits.firstName?.value).toBe("Ada");
    expect(record?.state.recent.map(({ name }) => name)).toContain("Product Viewed");
  });

  it("should publish what fires at once and set a timer for what waits", async () => {
    const { dependencies, published, timers } = memoryProfiles(playbook);

    await applyGroup(dependencies, {
      v: 1,
      group: "u",
      events: [
        track("Signed Up", { userId: "u1" }),
        track("Product Added", { userId: "u1", at: minutesAgo(10) }),
      ],
    });

    expect(published.map(({ name }) => name)).toEqual([TriggerFired.name]);
    const detail = TriggerFired.schema.parse(published[0]?.detail);
    expect(detail).toMatchObject({ trigger: "welcome", placement: "trigger.welcome", depth: 0 });
    expect([...timers.values()].map(({ due }) => due)).toEqual([minutesAgo(-50)]);
  });

  it("should call a wait off when the person does what was hoped for", async () => {
    const { dependencies, timers } = memoryProfiles(playbook);
    const added = track("Product Added", { userId: "u1", at: minutesAgo(30) });
    const ordered = track("Order Completed", { userId: "u1", at: minutesAgo(5), properties: { total: 0 } });

    await applyGroup(dependencies, { v: 1, group: "u", events: [added] });
    await applyGroup(dependencies, { v: 1, group: "u", events: [ordered] });

    expect(timers.size).toBe(0);
  });
});
