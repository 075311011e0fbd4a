import { describe, expect, it } from "vitest";
import type { CollectedEvent } from "#domain/records/event.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "webhooks.yaml": `
order-system:
  url: https://orders.example/events
  events:
    - { on: Order Completed, if: event.total > 100, with: { total: event.total } }
    - { on: Order Completed, if: customer.orders = 2 }
    - { on: message.bounced }
loyalty:
  url: https://loyalty.example/events
  events: [{ on: segment.entered, if: event.segment = "vip" }, { on: Order Completed }]
`,
});
const userId = "u1";

const told = async (...events: CollectedEvent[]) => {
  const profiles = memoryProfiles(playbook);
  for (const one of events) await applyGroup(profiles.dependencies, { v: 1, group: userId, events: [one] });
  return profiles.published.flatMap(({ name, detail }) =>
    name === WebhookDue.name ? [WebhookDue.schema.parse(detail)] : [],
  );
};
const ordered = (n: number, total: number, more: Partial<CollectedEvent> = {}) =>
  track("Order Completed", { userId, at: minutesAgo(60 - n), properties: { total }, ...more });

describe("systems outside", () => {
  it("are told once of what they asked for, by the first entry that fits", async () => {
    const due = await told(ordered(1, 200), ordered(2, 5), ordered(3, 5));
    expect(due.filter(({ webhook }) => webhook === "order-system").map(({ entry }) => entry)).toEqual([0, 1]);
    expect(due.filter(({ webhook }) => webhook === "loyalty").map(({ event }) => event)).toEqual([
      "Order Completed",
      "Order Completed",
      "Order Completed",
      "segment.entered",
    ]);
    const sequences = due.map(({ sequence }) => sequence);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences);
  });

  it("are told by the same id when an event comes twice", async () => {
    const order = ordered(1, 200);
    const ids = new Set((await told(order)).concat(await told(order)).map(({ id }) => id));
    expect(ids.size).toBe(2);
  });

  it("are told of what is old, which reaches no customer, and not of what was imported", async () => {
    expect(await told(ordered(1, 5, { at: minutesAgo(100_000) }))).toHaveLength(1);
    expect(await told(ordered(1, 500, { imported: true }))).toEqual([]);
  });

  it("learn nothing of the customer by what says that they are to be told", async () => {
    const [due] = await told(ordered(1, 200, { properties: { total: 200, note: "private" } }));
    expect(JSON.stringify(due)).not.toContain("private");
    expect(JSON.stringify(due)).not.toContain(userId);
  });
});
