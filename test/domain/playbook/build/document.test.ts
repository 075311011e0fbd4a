import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { TEST_FILES, testPlaybook } from "../../../support/playbook/files.ts";

const documentOf = async (files: Readonly<Record<string, string | null>>) =>
  (await testPlaybook(files)).document;
const withHello = (lines: string) => ({
  "actions/hello.yaml": `category: marketing\nplacements: [web.home.hero]\n${lines}\n`,
});
const WEB = "treatments: [{ channel: web, content: { headline: Hi } }]";
const actionOf = async (lines: string) =>
  (await documentOf(withHello(lines))).actions.find(({ name }) => name === "hello");

describe("an action", () => {
  it("that says little has the rest filled in", async () => {
    expect(await actionOf(WEB)).toEqual({
      name: "hello",
      category: "marketing",
      placements: ["web.home.hero"],
      eligible: [],
      value: 1,
      valueToCustomer: 1,
      lever: 1,
      treatments: [{ name: "hello", channel: "web", weight: 1, content: { headline: "Hi" } }],
      extra: {},
      file: "actions/hello.yaml",
    });
  });

  it("that says all has it in milliseconds, moments of the brand's calendar, and lists", async () => {
    const action = await actionOf(
      [
        "description: Hello to all",
        "group: greetings",
        "exclusive: hellos",
        "stock: { limit: 5, hold: PT2H }",
        "budget: { max: 100, per: P1D, cost: 2 }",
        "requires: [welcome, { action: hero, outcome: clicked, within: P7D }, { action: hero }]",
        "activeFrom: 2026-03-01",
        "activeTo: 2026-03-31",
        "eligible: [customer.age > 18, { rule: customer.age < 99, because: Too old }]",
        "value: event.price",
        "valueToCustomer: 2",
        "lever: 0.5",
        "extra: { owner: kim }",
        "treatments:",
        "  - { channel: web, name: loud, weight: 3, content: { headline: Hi } }",
      ].join("\n"),
    );
    expect(action).toEqual({
      name: "hello",
      description: "Hello to all",
      category: "marketing",
      group: "greetings",
      exclusive: "hellos",
      stock: { limit: 5, holdMs: 2 * HOUR_MS },
      budget: { max: 100, perMs: DAY_MS, cost: 2 },
      requires: [
        { action: "welcome", outcome: "accepted" },
        { action: "hero", outcome: "clicked", withinMs: 7 * DAY_MS },
        { action: "hero", outcome: "accepted" },
      ],
      placements: ["web.home.hero"],
      activeFrom: Date.UTC(2026, 2, 1),
      activeTo: Date.UTC(2026, 3, 1),
      eligible: ["customer.age > 18", "customer.age < 99"],
      because: [null, "Too old"],
      value: "event.price",
      valueToCustomer: 2,
      lever: 0.5,
      treatments: [{ name: "loud", channel: "web", weight: 3, content: { headline: "Hi" } }],
      extra: { owner: "kim" },
      file: "actions/hello.yaml",
    });
    const usual = await actionOf(
      `stock: { limit: 5 }\nbudget: { max: 3, per: PT1H }\neligible: customer.age > 18\n${WEB}`,
    );
    expect(usual).toMatchObject({
      stock: { holdMs: 30 * MINUTE_MS },
      budget: { cost: 1 },
      eligible: ["customer.age > 18"],
    });
    expect(usual?.because).toBeUndefined();
  });

  it("is named by its file, or by itself; its treatments by themselves, their template or the action", async () => {
    const { actions } = await documentOf({
      "actions/order-confirmation.yaml": null,
      "actions/a.yaml": `name: other\ncategory: marketing\nplacements: [trigger.welcome]\ntreatments:\n  - { channel: email, template: order-confirmation }\n  - { channel: sms, name: short, template: cart-reminder }\n`,
    });
    expect(actions.find(({ file }) => file === "actions/a.yaml")).toMatchObject({
      name: "other",
      treatments: [
        { name: "order-confirmation", channel: "email", weight: 1, template: "order-confirmation" },
        { name: "short", channel: "sms", weight: 1, template: "cart-reminder" },
      ],
    });
  });
});

describe("a journey", () => {
  const journeyOf = async (text: string) => {
    const { journeys } = await documentOf({
      "journeys/first.yaml": text,
      "triggers.yaml": `${TEST_FILES["triggers.yaml"]}`,
    });
    return journeys[0];
  };
  it("that says little has the rest filled in", async () => {
    expect(await journeyOf("enter: { on: Signed Up }\nsteps:\n  a: { wait: P1D }\n")).toEqual({
      name: "first",
      enter: { on: "Signed Up", maxAgeMs: HOUR_MS },
      again: "never",
      whileInside: "ignore",
      exit: [],
      holdout: 0,
      maxAgeMs: 90 * DAY_MS,
      moved: {},
      steps: [{ name: "a", kind: "wait", ms: DAY_MS, untilBestHour: false, next: "stop" }],
      file: "journeys/first.yaml",
    });
  });

  it("that says all has each step with where it leads", async () => {
    const text = `
name: weeks
enter: { segment: vip, if: customer.orders > 3, key: event.segment, again: after P10D, whileInside: restart, maxAge: PT2H }
exit: [{ on: Order Completed, if: event.total > 1, as: bought }, { if: customer.age > 99 }]
holdout: 0.1
maxAge: P30D
moved: { old: a }
steps:
  a: { wait: P1D, until: best-hour, next: b }
  b: { waitFor: Order Completed, where: event.total > 5, within: P2D, next: c, otherwise: d }
  c: { waitFor: Product Viewed, next: d }
  d: { waitUntil: now + duration("P1D"), next: e, otherwise: f }
  e: { split: { x: 1, y: 3 }, x: f, y: g }
  f: { branch: [{ if: customer.orders > 1, next: g }], otherwise: h }
  g: { set: { firstName: Kim }, next: h }
  h: { emit: Signed Up, properties: { a: 1 }, next: i }
  i: { decide: web.home.hero, next: j, otherwise: l }
  j: { decide: web.home.hero, ifQuiet: skip, next: k }
  k: { emit: Signed Up, next: l }
  l: { exit: { as: bored } }
`;
    expect(await journeyOf(text)).toEqual({
      name: "weeks",
      enter: { on: "segment.entered", segment: "vip", if: "customer.orders > 3", maxAgeMs: 2 * HOUR_MS },
      key: "event.segment",
      again: { afterMs: 10 * DAY_MS },
      whileInside: "restart",
      exit: [
        { on: "Order Completed", if: "event.total > 1", as: "bought" },
        { if: "customer.age > 99", as: "exited" },
      ],
      holdout: 0.1,
      maxAgeMs: 30 * DAY_MS,
      moved: { old: "a" },
      steps: [
        { name: "a", kind: "wait", ms: DAY_MS, untilBestHour: true, next: "b" },
        {
          name: "b",
          kind: "waitFor",
          event: "Order Completed",
          where: "event.total > 5",
          withinMs: 2 * DAY_MS,
          next: "c",
          otherwise: "d",
        },
        { name: "c", kind: "waitFor", event: "Product Viewed", next: "d", otherwise: "stop" },
        { name: "d", kind: "waitUntil", moment: 'now + duration("P1D")', next: "e", otherwise: "f" },
        {
          name: "e",
          kind: "split",
          arms: [
            { name: "x", weight: 1, next: "f" },
            { name: "y", weight: 3, next: "g" },
          ],
        },
        { name: "f", kind: "branch", branches: [{ if: "customer.orders > 1", next: "g" }], otherwise: "h" },
        { name: "g", kind: "set", traits: { firstName: "Kim" }, next: "h" },
        { name: "h", kind: "emit", event: "Signed Up", properties: { a: 1 }, next: "i" },
        {
          name: "i",
          kind: "decide",
          placement: "web.home.hero",
          skipsQuiet: false,
          next: "j",
          otherwise: "l",
        },
        {
          name: "j",
          kind: "decide",
          placement: "web.home.hero",
          skipsQuiet: true,
          next: "k",
          otherwise: "k",
        },
        { name: "k", kind: "emit", event: "Signed Up", properties: {}, next: "l" },
        { name: "l", kind: "exit", as: "bored" },
      ],
      file: "journeys/first.yaml",
    });
  });
});

describe("the contact policy", () => {
  const policyOf = async (text: string) => (await documentOf({ "contact-policy.yaml": text })).contactPolicy;
  const CATEGORIES =
    "categories:\n  marketing: { consent: express, confirm: double, titles: { en: News } }\n  service: { consent: implied, confirm: single }\n  transactional: { consent: none, transactional: true }\n";
  const categories = [
    {
      name: "marketing",
      consent: "express",
      transactional: false,
      confirm: "double",
      titles: { en: "News" },
    },
    { name: "service", consent: "implied", transactional: false },
    { name: "transactional", consent: "none", transactional: true },
  ];
  it("that says little has empty lists, which mean all", async () => {
    expect(await policyOf(CATEGORIES)).toEqual({
      categories,
      quietHours: [],
      caps: [],
      coolDowns: [],
      holdout: 0,
    });
  });
  it("that says all has it in milliseconds, with the days of its holidays", async () => {
    const text = `${CATEGORIES}
holidays: { de: [easter+1, 12-25] }
quietHours:
  - { from: "21:00", to: "08:00", channels: [sms], categories: [marketing] }
  - { days: [sunday] }
  - { holidays: [de] }
regions:
  - { name: Germany, phones: ["+49"], quietHours: [{ from: "20:00", to: "22:00" }], channels: [sms] }
consentExpiry:
  - { kind: implied, after: P30D }
  - { kind: express, after: P365D, categories: [marketing], source: checkout }
interruptions: [{ minimum: 10, channels: [push] }]
caps:
  - { name: weekly, max: 2, window: P7D, channels: [email], categories: [marketing], actions: [welcome] }
  - { name: daily, max: 1, window: P1D }
coolDowns:
  - { outcome: dismissed, for: P3D }
  - { outcome: accepted, for: PT1H, actions: [hero] }
holdout: 0.05
`;
    expect(await policyOf(text)).toEqual({
      categories,
      quietHours: [
        { from: "21:00", to: "08:00", channels: ["sms"], categories: ["marketing"] },
        { from: "00:00", to: "24:00", days: ["sunday"], channels: [], categories: [] },
        { from: "00:00", to: "24:00", holidays: ["easter+1", "12-25"], channels: [], categories: [] },
      ],
      regions: [
        {
          name: "Germany",
          phones: ["+49"],
          zones: [],
          quietHours: [{ from: "20:00", to: "22:00" }],
          channels: ["sms"],
          categories: [],
        },
      ],
      consentExpiry: [
        { kind: "implied", afterMs: 30 * DAY_MS, categories: [] },
        { kind: "express", afterMs: 365 * DAY_MS, categories: ["marketing"], source: "checkout" },
      ],
      interruptions: [{ minimum: 10, channels: ["push"], categories: [] }],
      caps: [
        {
          name: "weekly",
          max: 2,
          windowMs: 7 * DAY_MS,
          channels: ["email"],
          categories: ["marketing"],
          actions: ["welcome"],
        },
        { name: "daily", max: 1, windowMs: DAY_MS, channels: [], categories: [], actions: [] },
      ],
      coolDowns: [
        { outcome: "dismissed", forMs: 3 * DAY_MS, actions: [] },
        { outcome: "accepted", forMs: HOUR_MS, actions: ["hero"] },
      ],
      holdout: 0.05,
    });
  });
});

describe("the data model", () => {
  it("has types, texts that are bounded, and windows in milliseconds", async () => {
    const { dataModel } = await documentOf({
      "data-model.yaml": `
publicKeys: { addresses: any, outcomes: any }
identifiers:
  userId: { priority: 1, unique: true, from: [userId] }
  email: { priority: 2, from: [traits.email], normalize: email, channel: email, limit: 3 }
  card: { priority: 3, from: [traits.card] }
traits:
  email: string
  phone: string
  firstName: { type: string, default: friend, personal: true, maxLength: 30 }
  site: url
  locale: string
  timeZone: string
  age: number
computed:
  orders: { kind: count, event: Order Completed }
  spent: { kind: sum, event: Order Completed, property: total }
  recentViews: { kind: count, event: Product Viewed, window: P7D }
  lastName: { kind: last, event: Product Viewed, property: name }
  lastSite: { kind: last, event: Product Viewed, property: name, type: url }
events:
  Signed Up: { from: trusted }
  Product Viewed: { product_id: string, name: { type: string, maxLength: 50 }, price: number, link: url }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list, from: string }
`,
    });
    expect(dataModel).toEqual({
      publicKeys: { addresses: "any", deviceTokens: "first", outcomes: "any" },
      identifiers: [
        { type: "userId", priority: 1, unique: true, from: ["userId"], limit: 1, normalize: "none" },
        {
          type: "email",
          priority: 2,
          unique: false,
          from: ["traits.email"],
          limit: 3,
          normalize: "email",
          channel: "email",
        },
        { type: "card", priority: 3, unique: false, from: ["traits.card"], limit: 20, normalize: "none" },
      ],
      traits: [
        { name: "email", type: "string" },
        { name: "phone", type: "string" },
        { name: "firstName", type: "string", default: "friend", personal: true, text: { maxLength: 30 } },
        { name: "site", type: "string", text: { url: true } },
        { name: "locale", type: "string" },
        { name: "timeZone", type: "string" },
        { name: "age", type: "number" },
      ],
      computed: [
        { name: "orders", kind: "count", event: "Order Completed", type: "number" },
        { name: "spent", kind: "sum", event: "Order Completed", property: "total", type: "number" },
        { name: "recentViews", kind: "count", event: "Product Viewed", windowMs: 7 * DAY_MS, type: "number" },
        { name: "lastName", kind: "last", event: "Product Viewed", property: "name", type: "string" },
        {
          name: "lastSite",
          kind: "last",
          event: "Product Viewed",
          property: "name",
          type: "string",
          text: { url: true },
        },
      ],
      events: [
        { name: "Signed Up", from: "trusted", properties: {} },
        {
          name: "Product Viewed",
          properties: { product_id: "string", name: "string", price: "number", link: "string" },
          texts: { name: { maxLength: 50 }, link: { url: true } },
        },
        { name: "Product Added", properties: { product_id: "string", name: "string", price: "number" } },
        {
          name: "Order Completed",
          properties: { order_id: "string", total: "number", products: "list", from: "string" },
        },
      ],
    });
  });

  it("knows the identifiers of clients and addresses where it declares none", async () => {
    const { dataModel } = await documentOf({});
    expect(
      dataModel.identifiers.map(({ type, priority, unique, limit }) => [type, priority, unique, limit]),
    ).toEqual(
      expect.arrayContaining([
        ["userId", 1, true, 1],
        ["email", 2, false, 5],
        ["anonymousId", 5, false, 100],
      ]),
    );
    const priorities = dataModel.identifiers.map(({ priority }) => priority);
    expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
    expect(dataModel.identifiers.at(-1)).toEqual({
      type: "anonymousId",
      priority: 5,
      limit: 100,
      unique: false,
      from: ["anonymousId"],
      normalize: "none",
    });
  });
});

describe("what playbook.yaml and its triggers say", () => {
  it("is filled in: triggers, placements, preference, costs and weights", async () => {
    const { triggers, placements, brand, scoring, segments } = await documentOf({
      "playbook.yaml": (TEST_FILES["playbook.yaml"] ?? "")
        .replace("web: {}", "web: {}\nscoring: { valueToUs: 3, valueToCustomer: 1 }")
        .replace("provider: pinpoint", "provider: pinpoint, cost: 0.1")
        .replace(
          "  web.home.hero: { limit: 2, channels: [web] }",
          "  web.home.hero: { limit: 2, perGroup: 1, channels: [web], public: true }\n  call.one: {}",
        ),
      "triggers.yaml":
        "welcome: { on: Signed Up }\ncart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed, maxAge: PT3H }\norder-confirmed: { on: Order Completed, if: event.total > 0 }\nseen: { on: Product Viewed, unless: [Order Completed, Product Added], after: PT5M, placement: call.one }\n",
      "segments.yaml":
        "vip: customer.orders >= 3\nold: { condition: customer.age > 60, report: true }\nyoung: { condition: customer.age < 20, report: false }\n",
      "journeys/j.yaml":
        "enter: { on: Signed Up }\nsteps:\n  a: { decide: journey.one, next: b }\n  b: { decide: journey.one }\n",
      "actions/j.yaml":
        "category: marketing\nplacements: [journey.one, call.one]\ntreatments: [{ channel: email, name: j, template: welcome }]\n",
    });
    expect(triggers).toEqual([
      { name: "welcome", on: "Signed Up", unless: [], maxAgeMs: HOUR_MS, placement: "trigger.welcome" },
      {
        name: "cart-abandoned",
        on: "Product Added",
        afterMs: HOUR_MS,
        unless: ["Order Completed"],
        maxAgeMs: 3 * HOUR_MS,
        placement: "trigger.cart-abandoned",
      },
      {
        name: "order-confirmed",
        on: "Order Completed",
        if: "event.total > 0",
        unless: [],
        maxAgeMs: HOUR_MS,
        placement: "trigger.order-confirmed",
      },
      {
        name: "seen",
        on: "Product Viewed",
        afterMs: 5 * MINUTE_MS,
        unless: ["Order Completed", "Product Added"],
        maxAgeMs: HOUR_MS,
        placement: "call.one",
      },
    ]);
    expect(placements).toEqual([
      { name: "web.home.hero", limit: 2, perGroup: 1, channels: ["web"], public: true },
      { name: "call.one", limit: 1, channels: [] },
      ...["trigger.welcome", "trigger.cart-abandoned", "trigger.order-confirmed", "journey.one"].map(
        (name) => ({
          name,
          limit: 1,
          channels: [],
        }),
      ),
    ]);
    expect(brand).toMatchObject({
      channelPreference: ["email", "push", "sms"],
      providers: { email: "ses", push: "pinpoint", sms: "end-user-messaging" },
      costs: { push: 0.1 },
      extra: {},
    });
    expect(brand.keywordsByProvider).toBeUndefined();
    expect(scoring).toEqual({ valueToUs: 0.75, valueToCustomer: 0.25 });
    expect(segments).toEqual([
      { name: "vip", condition: "customer.orders >= 3" },
      { name: "old", condition: "customer.age > 60", report: true },
      { name: "young", condition: "customer.age < 20" },
    ]);
  });
});

describe("learning and experiments", () => {
  it("have what they do not say filled in", async () => {
    const { learning, experiments } = await documentOf({
      "learning.yaml": "outcomes: { clicked: 1 }\n",
      "experiments.yaml":
        "hi:\n  goals: { Order Completed: 1 }\n  variants: { a: {}, b: { weight: 3, levers: { hero: 2 } }, c: { holdout: true } }\n",
    });
    expect(learning).toMatchObject({
      learner: "auto",
      predictors: [],
      segmentBy: 2,
      conversions: {},
      windowMs: 7 * DAY_MS,
      halfLifeDays: 60,
      impressions: "answered",
      exploration: { method: "inverse-gap", floor: 0.02, greed: 3, optimism: 0.2 },
    });
    expect(experiments).toMatchObject([
      {
        name: "hi",
        placements: [],
        control: "a",
        windowMs: 14 * DAY_MS,
        customers: 10_000,
        variants: [
          { name: "a", weight: 1, treatments: {}, levers: {}, holdout: false },
          { name: "b", weight: 3, treatments: {}, levers: { hero: 2 }, holdout: false },
          { name: "c", weight: 1, treatments: {}, levers: {}, holdout: true },
        ],
      },
    ]);
  });
});
