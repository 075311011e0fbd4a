import { beforeAll, describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import type { MessageLinks } from "#channels/definition/rendering.ts";
import { render as renderEmail } from "#channels/email/render.ts";
import { render as renderPush } from "#channels/push/render.ts";
import { render as renderSms } from "#channels/sms/render.ts";
import { readFolder } from "#cli/folder.ts";
import { renderMessage } from "#domain/message/render/render.ts";
import { compilePattern } from "#domain/playbook/compile/event-pattern.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { templateFor } from "#domain/playbook/model/templates.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { Message } from "#domain/records/message.ts";
import type { CompiledExpression } from "#feel/index.ts";
import { renderLiquid } from "#template/liquid/template.ts";
import { RETAIL_FOLDER, retailPlaybook } from "../../support/playbook/retail.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await retailPlaybook();
});

const LOCALES = ["en", "de"];
const CUSTOMER = { customerId: "cus_1", firstName: "Ida", orders: 3, coffeeOrders: 2, loyaltyTier: "none" };
const PROPERTIES = {
  name: "Huila washed, 250 g",
  price: 11.5,
  currency: "EUR",
  url: "https://tamarack-finch.example/coffee/huila",
  order_id: "TF-1042",
  total: 34.4,
  shipping: 3.9,
  products: [{ name: "Huila washed, 250 g", category: "Coffee", price: 11.5, quantity: 2 }],
  carrier: "DHL",
  tracking_url: "https://parcel.example/1",
  cups: 310,
  store: "Hamburg",
};
const EVENT = {
  ...PROPERTIES,
  properties: PROPERTIES,
  name: "Order Completed",
  at: "2026-11-21T10:00:00.000Z",
};
const LINKS: MessageLinks = {
  click: (url) => url,
  open: "https://hub.example/o/1",
  unsubscribe: "https://hub.example/u/1",
  preferences: "https://hub.example/p/1",
};
const ADDRESSES: Readonly<Record<string, string>> = {
  email: "ida@mail.example",
  sms: "+4915112345678",
  push: "gcm:token",
};

const treatments = () =>
  playbook.actions.flatMap((action) => action.treatments.map((treatment) => ({ action, treatment })));

const renderIn = (locale: string, event: typeof EVENT | undefined, customer: object) =>
  treatments()
    .filter(({ treatment }) => playbook.document.brand.providers[treatment.channel])
    .map(({ action, treatment }) => {
      const found = templateFor(playbook.document, treatment.template ?? "", treatment.channel, locale);
      const category = playbook.categories.get(action.category);
      const message: Message = {
        messageId: "msg_1",
        customerId: "cus_1",
        conversationId: "cnv_1",
        decisionId: "dec_1",
        channel: treatment.channel,
        category: action.category,
        lane: category?.transactional ? "transactional" : "bulk",
        data: {},
        playbook: playbook.version,
        depth: 0,
        createdAt: EVENT.at,
        deadline: EVENT.at,
        status: "requested",
        history: [],
        attempts: 0,
      };
      const options = {
        message,
        content: found?.content ?? {},
        locale: found?.locale ?? "",
        addresses: [ADDRESSES[treatment.channel] ?? ""],
        brand: playbook.document.brand,
        scope: { customer: { ...customer }, event: event ?? {}, data: {}, context: {} },
        links: LINKS,
        now: EVENT.at,
      };
      const { channel } = treatment;
      const rendered = {
        ...(channel === "email" ? { email: renderMessage(renderEmail, options).message } : {}),
        ...(channel === "sms" ? { sms: renderMessage(renderSms, options).message } : {}),
        ...(channel === "push" ? { push: renderMessage(renderPush, options).message } : {}),
      };
      return { action, treatment, locale: found?.locale, rendered };
    });

describe("the retail playbook", () => {
  it("is valid, without a single warning", async () => {
    const { errors, warnings } = await parsePlaybook(readFolder(RETAIL_FOLDER), renderMjml);
    expect([...errors, ...warnings]).toEqual([]);
  });

  it("speaks English and German in every treatment", () => {
    for (const { treatment } of treatments()) {
      const found = playbook.document.templates[`${treatment.template}/${treatment.channel}`] ?? {};
      expect({ treatment: treatment.name, locales: Object.keys(found).sort() }).toEqual({
        treatment: treatment.name,
        locales: [...LOCALES].sort(),
      });
    }
  });

  it.each(LOCALES)("renders every message in %s, with nothing of the template left over", (locale) => {
    const all = renderIn(locale, EVENT, CUSTOMER);
    expect(all.length).toBeGreaterThan(14);
    for (const { action, rendered, locale: used } of all) {
      expect(used).toBe(locale);
      const shown = JSON.stringify(rendered);
      expect({ action: action.name, leftOver: /\{\{|\{%|undefined|NaN|\[object/.exec(shown)?.[0] }).toEqual({
        action: action.name,
        leftOver: undefined,
      });
    }
  });

  it("renders every message for a customer and an event of which little is known", () => {
    for (const { rendered } of renderIn("en", undefined, { customerId: "cus_1" })) {
      const shown = JSON.stringify(rendered);
      expect(shown).not.toMatch(/, !|Hello ,|undefined|NaN/);
    }
  });

  it("gives marketing mail one way out and the postal address, once", () => {
    for (const { action, rendered } of renderIn("en", EVENT, CUSTOMER)) {
      if (rendered.email === undefined || action.category === "transactional") continue;
      expect(rendered.email.html.split(LINKS.unsubscribe)).toHaveLength(2);
      expect(rendered.email.html.split("4 Harbour Lane")).toHaveLength(2);
    }
  });

  it("keeps text messages within one part and mails far below the 102 KB at which Gmail cuts", () => {
    for (const { rendered } of LOCALES.flatMap((locale) => renderIn(locale, EVENT, CUSTOMER))) {
      expect(rendered.sms?.parts ?? 1).toBe(1);
      expect(rendered.email?.html.length ?? 0).toBeLessThan(60_000);
    }
  });

  it("shows money and what was ordered as the customer's language writes them", () => {
    const mail = (locale: string) =>
      renderIn(locale, EVENT, CUSTOMER).find(({ action }) => action.name === "order-confirmation")?.rendered
        .email;
    expect(mail("en")).toMatchObject({
      subject: "Your order TF-1042",
      text: expect.stringContaining("€34.40"),
    });
    expect(mail("de")).toMatchObject({
      subject: "Ihre Bestellung TF-1042",
      text: expect.stringMatching(/34,40\s€/),
    });
  });

  it("has content for every slot that others show", () => {
    const { brand } = playbook.document;
    for (const { treatment } of treatments().filter(
      ({ treatment: { channel } }) => !brand.providers[channel],
    )) {
      const content =
        templateFor(playbook.document, treatment.template ?? "", treatment.channel, "de")?.content ?? {};
      for (const [name, source] of Object.entries(content)) {
        const setting = { locale: "de", timeZone: "UTC", now: EVENT.at };
        const scope = { customer: CUSTOMER, brand };
        expect(renderLiquid({ name, source: String(source), mode: "text" }, scope, setting)).not.toMatch(
          /\{\{|\{%/,
        );
      }
      expect(Object.keys(content).length).toBeGreaterThan(1);
    }
  });

  it("has rules that all come to a condition or a number for a customer with facts", () => {
    const customer = {
      ...CUSTOMER,
      orders90d: 3,
      orders180d: 3,
      spent: 420,
      spent365d: 420,
      views7d: 5,
      cartAdds7d: 0,
      complaints90d: 0,
      lastCategory: "Coffee",
      vip: true,
      "new customer": false,
      "coffee lover": true,
      lapsed: false,
      "window shopper": false,
    };
    const context = { customer, event: EVENT, data: {}, context: { reason: "price" }, brand: {}, now: null };
    for (const { name, rules } of playbook.actions) {
      for (const rule of rules.eligible) {
        expect({ name, text: rule.text, value: rule.evaluate(context) }).toMatchObject({
          value: expect.any(Boolean),
        });
      }
      for (const formula of [rules.value, rules.valueToCustomer]) {
        const value = typeof formula === "number" ? formula : formula.evaluate(context);
        expect({ name, value }).toMatchObject({ value: expect.any(Number) });
      }
    }
    for (const { name, test } of playbook.segments) {
      expect({ name, value: test.evaluate(context) }).toMatchObject({ value: expect.any(Boolean) });
    }
  });

  it("decides the win-back discount by a decision table", () => {
    const winBack = (orders: number, spent: number) => {
      const rules = playbook.actionByName.get("win-back-offer")?.rules;
      const context = { customer: { orders, spent, complaints90d: 0 } };
      const value = typeof rules?.value === "object" ? rules.value.evaluate(context) : null;
      return [rules?.eligible.every((rule) => rule.evaluate(context) === true), value];
    };
    expect(winBack(1, 40)).toEqual([false, 0]);
    expect(winBack(1, 150)).toEqual([true, 8]);
    expect(winBack(6, 50)).toEqual([true, 16]);
  });

  it("takes an order as Segment's e-commerce specification writes it: coffee starts the replenishment's wait", () => {
    const [trigger] =
      playbook.triggersByEvent.get("Order Completed")?.filter(({ name }) => name === "replenishment") ?? [];
    const fires = (category: string) =>
      trigger?.test?.evaluate({ event: { products: [{ category: "Tea" }, { category }] } });
    expect(fires("Coffee")).toBe(true);
    expect(fires("Kettles")).toBe(false);
    expect(trigger?.afterMs).toBe(21 * 86_400_000);
  });

  it.each([
    [
      "store geofence",
      {
        source: "aws.geo",
        "detail-type": "Location Geofence Event",
        detail: {
          EventType: "ENTER",
          GeofenceId: "hamburg",
          DeviceId: "app-1",
          SampleTime: "2026-11-21T10:00:00Z",
        },
      },
      { deviceId: "app-1" },
      { store: "hamburg" },
    ],
    [
      "coffee machine",
      {
        source: "tamarack.machines",
        "detail-type": "Machine Alarm",
        detail: { alarm: "DESCALING_DUE", machine_id: "m-1", cups: 300 },
      },
      { machineId: "m-1" },
      { machine_id: "m-1", cups: 300 },
    ],
    [
      "shop fulfilment",
      {
        source: "aws.partner/shopify.com/1/tamarack",
        "detail-type": "shopifyWebhook",
        detail: {
          metadata: { "X-Shopify-Topic": "orders/fulfilled" },
          payload: {
            id: 1042,
            email: "ida@mail.example",
            fulfillments: [{ tracking_company: "DHL", tracking_url: "https://parcel.example/1" }],
          },
        },
      },
      { email: "ida@mail.example" },
      { order_id: "1042", carrier: "DHL", tracking_url: "https://parcel.example/1" },
    ],
    [
      "help desk",
      {
        source: "aws.partner/zendesk.com/1/default",
        "detail-type": "Support Ticket: Ticket Created",
        detail: { ticket_event: { ticket: { id: 9, subject: "Broken", requester: { external_id: "u1" } } } },
      },
      { userId: "u1" },
      { ticket_id: "9", subject: "Broken" },
    ],
  ])("knows the cloud event of the %s", (name, envelope, customer, properties) => {
    const matching = playbook.sources.filter(({ match }) => compilePattern(match)(envelope));
    expect(matching.map((source) => source.name)).toEqual([name]);
    const values = (formulas: Readonly<Record<string, CompiledExpression>> = {}) =>
      Object.fromEntries(
        Object.entries(formulas).map(([key, formula]) => [key, formula.evaluate({ envelope })]),
      );
    expect(values(matching[0]?.rules.customer)).toEqual(customer);
    expect(values(matching[0]?.rules.properties)).toEqual(properties);
  });
});
