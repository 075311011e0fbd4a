import { expect, it } from "vitest";
import { customerView, emptyView, environmentAt, eventView, holds } from "#domain/customer/view.ts";
import { FeelLimitError } from "#feel/index.ts";
import type { JsonObject } from "#kernel/json.ts";
import { NOW } from "../../support/customers/events.ts";
import { playbookOf } from "../../support/decisions/decision.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";
import { customer } from "../../support/sending/world.ts";

it("rules find dates in a list that is declared to hold some, and texts in any other", async () => {
  const visits = ["2026-01-05", "2026-02-01"];
  const model = testFiles()["data-model.yaml"] ?? "";
  const playbook = await testPlaybook({
    "data-model.yaml": model.replace(/^traits:\n/m, "traits:\n  visits: list<date>\n  pages: list\n"),
    "segments.yaml":
      'vip: list contains(customer.visits, @"2026-02-01")\nreader: list contains(customer.pages, "2026-02-01")\n',
  });
  const { state } = customer({ traits: { visits, pages: visits } });

  expect(customerView(state, playbook, NOW)).toMatchObject({ vip: true, reader: true });
});

it("somebody nobody knows has the defaults of traits, counts of nought, and the segments that holds for", async () => {
  const playbook = await testPlaybook({
    "data-model.yaml": `
traits: { plan: { type: string, default: basic }, age: number }
computed:
  logins: { kind: count, event: Signed Up }
  orders: { kind: count, event: Order Completed }
  dearest: { kind: max, event: Order Completed, property: total }
events:
  Signed Up: {}
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { total: number }
`,
    "segments.yaml":
      'newcomer: customer.logins = 0 and customer.plan = "basic"\nregular: customer.orders > 2\n',
    "actions/welcome.yaml": null,
    "templates/welcome/email.html": null,
  });
  expect({ ...emptyView(playbook, NOW) }).toEqual({
    conversation: {
      open: false,
      channel: null,
      handler: null,
      topic: null,
      waitingSince: null,
      lastRating: null,
    },
    plan: "basic",
    logins: 0,
    orders: 0,
    dearest: null,
    newcomer: true,
    regular: false,
  });
});

it("rules find dates in an event where they are declared, and texts in what nobody declared", async () => {
  const model = testFiles()["data-model.yaml"] ?? "";
  const playbook = await testPlaybook({
    "data-model.yaml": model.replace(/^events:\n/m, "events:\n  Visit Booked: { day: date }\n"),
  });
  const seen = (name: string, properties: JsonObject) =>
    eventView({ name, at: "2026-01-05T00:00:00.000Z", properties }, playbook);
  const booked = seen("Visit Booked", { day: "2026-01-05", constructor: "2026-01-05" });
  expect(booked.day).not.toBe("2026-01-05");
  expect(booked.constructor).toBe("2026-01-05");
  expect(seen("Unheard Of", { day: "2026-01-05" }).day).toBe("2026-01-05");
});

it("a segment whose rule takes too long holds for nobody, and a fault of ours is no answer", () => {
  const playbook = playbookOf({});
  const environment = environmentAt(playbook, NOW);
  expect(environment.budget?.used).toBe(0);
  const failing = (error: Error) => ({
    evaluate: () => {
      throw error;
    },
  });
  expect(holds(failing(new FeelLimitError("steps", 1)) as never, {}, environment)).toBe(false);
  expect(() => holds(failing(new Error("a fault")) as never, {}, environment)).toThrow("a fault");
});
