import { describe, expect, it } from "vitest";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { DAY_MS } from "#kernel/time.ts";
import { decideAnew } from "#usecases/decide/decide-anew.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { customer, iso, NOON } from "../../support/decisions/decision.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const signedUp = {
  id: "evt_1",
  type: "track" as const,
  name: "Signed Up",
  at: iso(NOON),
  properties: {},
  depth: 0,
};
const kim = (holding?: readonly string[]): CustomerRecord => {
  const record = customer();
  return {
    ...record,
    state: {
      ...record.state,
      recent: [signedUp],
      ...(holding === undefined ? {} : { holding }),
      conversation: { open: true, handler: "queue", channel: "sms", topic: "complaint", at: iso(NOON) },
    },
  };
};
const fired = {
  ...TriggerFired.example,
  customerId: "cus_1",
  trigger: "welcome",
  placement: "trigger.welcome",
  eventId: "evt_1",
  eventAt: iso(NOON),
};

const held = async () => {
  const world = memoryDeciding(playbook, NOON);
  world.add(kim(["marketing"]));
  const committed = await decideOnEvent(world.dependencies, fired);
  const [decision] = committed?.decisions ?? [];
  if (decision === undefined) throw new Error("nothing was decided");
  const release = (until = NOON + DAY_MS) =>
    decideAnew(world.dependencies, {
      v: 1,
      customerId: "cus_1",
      decisionId: decision.decisionId,
      until: iso(until),
    });
  return { world, decision, release };
};

describe("a decision while the customer's conversation comes first", () => {
  it("says nothing, says why, and tells the profile until when it may be made anew", async () => {
    const { world, decision } = await held();
    expect(world.messages.size).toBe(0);
    expect(decision.rejected).toMatchObject([
      { action: "welcome", reason: "conversation", cause: { kind: "held", topic: "complaint" } },
    ]);
    expect(world.inboxed).toMatchObject([
      {
        name: "decision.held",
        customerId: "cus_1",
        properties: {
          decisionId: decision.decisionId,
          categories: ["marketing"],
          until: iso(NOON + 3 * DAY_MS),
        },
      },
    ]);
  });

  it("is made anew once when it may be, on what is known then, and names the one that was held", async () => {
    const { world, decision, release } = await held();
    world.add(kim());
    const first = await release();
    expect(first?.decisions).toMatchObject([
      { anewOf: decision.decisionId, trigger: "welcome", eventId: "evt_1", actions: [{ action: "welcome" }] },
    ]);
    await release();
    expect(world.messages.size).toBe(1);
  });

  it("is not made anew when it is too late, nor held for longer than from the first time", async () => {
    const { world, release } = await held();
    expect(await release(NOON)).toBeNull();
    await release();
    expect(world.inboxed.at(-1)?.properties?.until).toBe(iso(NOON + DAY_MS));
  });

  it("is asked for and told again where the first delivery died behind its record, and it is too late by then", async () => {
    const { world, release } = await held();
    world.add(kim());
    const first = await release();
    const told = [world.published.length, world.toldToReports.length];
    expect(await release(NOON)).toMatchObject({ decisions: first?.decisions, repeated: true });
    expect([world.published.length, world.toldToReports.length]).toEqual(told.map((count) => count + 1));
  });
});
