import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { countedIn } from "../support/hub/metrics.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "triggers.yaml": `
welcome: { on: Signed Up }
cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }
order-confirmed: { on: Order Completed, if: event.total > 0 }
echo: { on: message.sent }
`,
      "actions/echo.yaml":
        "category: transactional\nplacements: [trigger.echo]\neligible: customer.echoes\ntreatments: [{ channel: email }]\n",
      "templates/echo/email.html": "---\nsubject: Echo\n---\n<p>Again.</p>\n",
      "data-model.yaml": `
traits: { email: string, phone: string, firstName: string, locale: string, timeZone: string, age: number, echoes: boolean }
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  recentViews: { kind: count, event: Product Viewed, window: P7D }
events:
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
    }),
  });
  hub = hubAt(cloud.url);
});

const shopper = async (traits: Record<string, unknown> = {}) => {
  const userId = `time-${randomUUID()}`;
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.collect("track", consentTo("email", userId));
  return { userId, email };
};

const addToCart = (userId: string, name: string) =>
  hub.collect("track", { userId, event: "Product Added", properties: { product_id: "p1", name, price: 12 } });

const subjects = async (to: string) => (await hub.outbox({ to })).map((mail) => mail.subject);

describe("a cart", () => {
  it("left alone for an hour brings exactly one reminder, however often it was filled", async () => {
    const { userId, email } = await shopper();
    await addToCart(userId, "Mug");
    await addToCart(userId, "Bowl");
    await hub.settle();
    expect(await subjects(email)).toEqual([]);
    await hub.advance("PT2H");
    expect(await subjects(email)).toEqual(["Your cart"]);
    await hub.advance("P2D");
    expect(await subjects(email)).toEqual(["Your cart"]);
  });

  it("paid for within the hour brings no reminder", async () => {
    const { userId, email } = await shopper();
    await addToCart(userId, "Mug");
    await hub.advance("PT30M");
    await hub.collect("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: "B-2", total: 12 },
    });
    await hub.advance("PT2H");
    expect(await subjects(email)).toEqual(["Order B-2"]);
  });

  it("is reminded of one hour after the last thing that was put in", async () => {
    const { userId, email } = await shopper();
    await addToCart(userId, "Mug");
    await hub.advance("PT45M");
    await addToCart(userId, "Bowl");
    await hub.advance("PT45M");
    expect(await subjects(email)).toEqual([]);
    await hub.advance("PT16M");
    expect(await subjects(email)).toEqual(["Your cart"]);
  });
});

describe("old events", () => {
  it("imported by the thousand are applied and send nothing", async () => {
    const sent = (await hub.outbox()).length;
    const userId = `import-${randomUUID()}`;
    const event = (n: number) => ({
      type: "track",
      event: "Order Completed",
      userId: `${userId}-${n % 50}`,
      messageId: `${userId}-${n}`,
      timestamp: "2026-01-01T00:00:00Z",
      properties: { order_id: `O-${n}`, total: 5 },
    });
    for (let at = 0; at < 10_000; at += 1_000) {
      await hub.collect("import", { batch: Array.from({ length: 1_000 }, (_, n) => event(at + n)) });
    }
    await hub.settle();
    expect((await hub.profile(`userId:${userId}-7`)).computed).toMatchObject({ orders: 200, spent: 1_000 });
    expect((await hub.outbox()).length).toBe(sent);
  });

  it("older than the trigger's maxAge send nothing either", async () => {
    const { userId, email } = await shopper();
    const timestamp = new Date((await hub.now()) - 2 * 3_600_000).toISOString();
    await hub.collect("track", {
      userId,
      event: "Order Completed",
      timestamp,
      properties: { order_id: "C-3", total: 9 },
    });
    await hub.settle();
    expect(await subjects(email)).toEqual([]);
  });
});

describe("a playbook that answers its own messages", () => {
  it("stops by itself, and a counter says why", async () => {
    const { userId, email } = await shopper({ echoes: true });
    await hub.collect("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: "D-4", total: 9 },
    });
    await hub.settle();
    const echoes = (await subjects(email)).filter((subject) => subject === "Echo");
    expect(echoes.length).toBeGreaterThan(0);
    expect(echoes.length).toBeLessThanOrEqual(5);
    expect(countedIn(cloud.logs, "TriggersSkipped", "depth")).toBeGreaterThan(0);
  });
});
