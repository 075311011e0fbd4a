import { describe, expect, it } from "vitest";
import { compileAllRules, compilePlaybook } from "#domain/playbook/compile/compile.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";

const DISCOUNT = `<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="d" name="d">
  <inputData id="n" name="order count"><variable name="order count" typeRef="number"/></inputData>
  <decision id="dd" name="Discount for orders"><variable name="Discount for orders" typeRef="number"/>
    <informationRequirement><requiredInput href="#n"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>order count</text></inputExpression></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 3</text></inputEntry><outputEntry><text>15</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;

describe("a compiled playbook", () => {
  it("is the same after the document went through JSON, as it does on its way to a function", async () => {
    const { version, document } = await testPlaybook();
    const again = compilePlaybook(version, JSON.parse(JSON.stringify(document)));
    expect(again.document).toEqual(document);
    expect(again.segments[0]?.test.evaluate({ customer: { orders: 3 } })).toBe(true);
  });

  it("finds triggers and computed traits by event, actions by placement, treatments by name", async () => {
    const playbook = await testPlaybook();
    expect(playbook.triggersByEvent.get("Product Added")?.map(({ name }) => name)).toEqual([
      "cart-abandoned",
    ]);
    expect(playbook.computedByEvent.get("Order Completed")?.map(({ name }) => name)).toEqual([
      "orders",
      "spent",
    ]);
    expect(playbook.actionsByPlacement.get("trigger.welcome")?.map(({ name }) => name)).toEqual(["welcome"]);
    expect(playbook.treatmentsByName.get("cart-reminder")?.map(({ treatment }) => treatment.channel)).toEqual(
      ["email", "sms"],
    );
    expect([...playbook.watched]).toEqual(["Order Completed"]);
    expect([...playbook.namedEvents].sort()).toEqual([
      "Order Completed",
      "Product Added",
      "Product Viewed",
      "Signed Up",
    ]);
  });

  it("fills in what files leave out", async () => {
    const { document, placements, identifierTypes } = await testPlaybook();
    const cart = document.triggers.find(({ name }) => name === "cart-abandoned");
    expect(cart).toEqual({
      name: "cart-abandoned",
      on: "Product Added",
      afterMs: 3_600_000,
      unless: ["Order Completed"],
      maxAgeMs: 3_600_000,
      placement: "trigger.cart-abandoned",
    });
    expect(placements.get("trigger.cart-abandoned")).toEqual({
      name: "trigger.cart-abandoned",
      limit: 1,
      channels: [],
    });
    expect(document.actions.find(({ name }) => name === "welcome")).toMatchObject({
      valueToCustomer: 1,
      lever: 1,
      treatments: [{ name: "welcome", channel: "email", template: "welcome", weight: 1 }],
    });
    expect([...identifierTypes.keys()]).toEqual(["userId", "email", "phone", "deviceToken", "anonymousId"]);
    expect(document.brand).toMatchObject({
      channelPreference: ["email", "push", "sms"],
      providers: { email: "ses", push: "pinpoint", sms: "end-user-messaging" },
      sms: { from: "+15550100" },
    });
  });

  it("keeps what is said of somebody for whom a condition does not hold", async () => {
    const { document } = await testPlaybook({
      "actions/hero.yaml": `
description: Tea for everybody.
category: marketing
placements: [web.home.hero]
eligible:
  - customer.orders > 1
  - { rule: customer.age >= 18, because: It is for grown-ups. }
treatments: [{ channel: web, content: { headline: Tea } }]
`,
    });
    const [hero, plain] = ["hero", "welcome"].map((name) =>
      document.actions.find((one) => one.name === name),
    );
    expect(hero).toMatchObject({
      description: "Tea for everybody.",
      eligible: ["customer.orders > 1", "customer.age >= 18"],
      because: [null, "It is for grown-ups."],
    });
    expect(plain).not.toHaveProperty("because");
  });

  it("has a contact policy although none is written", async () => {
    const playbook = await testPlaybook({ "contact-policy.yaml": null });
    expect(playbook.categories.get("marketing")).toMatchObject({
      name: "marketing",
      consent: "express",
      transactional: false,
    });
    expect(playbook.categories.get("transactional")?.transactional).toBe(true);
  });

  it("lets rules call the decisions of DMN files, by position and by name, names with spaces included", async () => {
    const playbook = await testPlaybook({
      "decisions/discount.dmn": DISCOUNT,
      "actions/welcome.yaml": `category: marketing
placements: [trigger.welcome]
eligible: "Discount for orders(order count: customer.orders) > 0"
value: Discount for orders(customer.orders) * 2
treatments: [{ channel: email }]
`,
    });
    const rules = playbook.actionByName.get("welcome")?.rules;
    const evaluate = (orders: number) => {
      const context = { customer: { orders } };
      const value = typeof rules?.value === "object" ? rules.value.evaluate(context) : rules?.value;
      return { eligible: rules?.eligible[0]?.evaluate(context), value };
    };
    expect(evaluate(2)).toEqual({ eligible: false, value: 0 });
    expect(evaluate(3)).toEqual({ eligible: true, value: 30 });
  });

  it("reads members of the context only when a rule does, also when it calls a decision", async () => {
    const playbook = await testPlaybook({
      "decisions/discount.dmn": DISCOUNT,
      "segments.yaml": "loyal: Discount for orders(3) = 15\n",
    });
    const context = {
      get customer(): never {
        throw new Error("read");
      },
    };
    expect(playbook.segments[0]?.test.evaluate(context)).toBe(true);
  });

  it("maps cloud events by compiled formulas", async () => {
    const { sources } = await testPlaybook({
      "sources.yaml": `till:
  match: { source: [till], detail: { total: [{ numeric: [">", 0] }] } }
  customer: { email: envelope.detail.email }
  event: Order Completed
  properties: { total: envelope.detail.total, order_id: string(envelope.detail.number) }
  at: envelope.detail.at
`,
    });
    const envelope = {
      source: "till",
      detail: { email: "a@b.example", total: 5, number: 7, at: "2026-11-21" },
    };
    const [till] = sources;
    expect(till?.rules.customer.email?.evaluate({ envelope })).toBe("a@b.example");
    expect(till?.rules.properties.order_id?.evaluate({ envelope })).toBe("7");
    expect(till?.rules.at?.evaluate({ envelope })).toBe("2026-11-21");
    expect(till?.rules.id).toBeNull();
  });

  it("compiles every rule when asked, and says when one is none", async () => {
    const { version, document } = await testPlaybook();
    expect(() => compileAllRules(compilePlaybook(version, document))).not.toThrow();
    const broken = { ...document, segments: [{ name: "vip", condition: "customer.orders >" }] };
    expect(() => compileAllRules(compilePlaybook(version, broken))).toThrow();
  });

  it("types events so that a rule's mistakes show: a trigger placement knows its events", async () => {
    const rule = (eligible: string, placement: string) =>
      testPlaybook({
        "actions/welcome.yaml": `category: marketing\nplacements: [${placement}]\neligible: ${eligible}\ntreatments: [{ channel: email }, { channel: web, content: {} }]\n`,
      });
    await expect(rule("event.totl > 1", "trigger.order-confirmed")).rejects.toThrow("totl");
    await expect(rule("event.total > 1", "trigger.order-confirmed")).resolves.toBeDefined();
    await expect(rule("event.anything > 1", "web.home.hero")).resolves.toBeDefined();
    await expect(
      rule("event.total > 1", "'trigger.order-confirmed', trigger.cart-abandoned"),
    ).resolves.toBeDefined();
  });
});

describe("the version of a playbook", () => {
  it("depends on paths and texts, and not on their order", () => {
    const files = testFiles();
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(playbookVersion(reversed)).toBe(playbookVersion(files));
    expect(playbookVersion({ ...files, "segments.yaml": "" })).not.toBe(playbookVersion(files));
    expect(playbookVersion({ a: "b", c: "" })).not.toBe(playbookVersion({ a: "", c: "b" }));
  });
});
