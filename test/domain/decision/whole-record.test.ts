import { describe, expect, it } from "vitest";
import { decideMessage, type MessageOrder } from "#domain/decision/decide-message.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import {
  action,
  address,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
  refusalOf,
} from "../../support/decisions/decision.ts";

const CHECKS = ["address", "suppression", "consent", "cool-down", "quiet-hours", "cap", "holdout"];
const DECISION = {
  decisionId: "dec_1",
  customerId: "cus_1",
  placement: "trigger.cart",
  playbook: "v1",
  at: iso(NOON),
  dryRun: false,
  depth: 0,
  rejected: [],
  checks: CHECKS,
};
const TEA = {
  action: "tea",
  treatment: "tea",
  channel: "email",
  rank: 1,
  score: 5,
  propensity: 0.5,
  value: 10,
  contextWeight: 1,
  lever: 1,
  reasons: [
    "open to everyone",
    "score 5 = propensity 0.5 x value 10 x context 1 x lever 1",
    "email is the best channel allowed",
  ],
  probability: 1,
};
const MESSAGE = {
  messageId: "msg_0e883ae1ce9b315d19c7b37ec9",
  customerId: "cus_1",
  conversationId: "cnv_2908905ede164ca82eb939db65",
  decisionId: "dec_1",
  channel: "email",
  category: "marketing",
  lane: "bulk",
  action: "tea",
  treatment: "tea",
  data: {},
  playbook: "v1",
  depth: 0,
  createdAt: iso(NOON),
  deadline: iso(NOON + 24 * HOUR),
  status: "requested",
  history: [{ status: "requested", at: iso(NOON) }],
  attempts: 0,
  sweepAt: iso(NOON + HOUR),
};
const CONTACT = {
  id: MESSAGE.messageId,
  at: iso(NOON),
  channel: "email",
  category: "marketing",
  action: "tea",
  treatment: "tea",
  kind: "message",
};

const two = playbookOf({
  actions: [
    action("cart", {
      value: 20,
      valueToCustomer: 5,
      eligible: ["customer.age > 18"],
      contextWeight: 2,
      lever: 3,
      propensity: 0.25,
    }),
    action("tea", { value: 0.00001 }),
    action("cake", { eligible: ["customer.age > 60"] }),
  ],
});
const grown = customer({ traits: { age: 30 } });
const CART_EVENT = {
  name: "Cart Updated",
  at: iso(NOON - 1),
  properties: { total: 5 },
  standing: "public",
} as const;
const TOLD = { trigger: "cart", eventId: "evt_1", depth: 2 };
const rich = () =>
  decideFor(two, { record: grown, ...TOLD, limit: 2, conversationId: "cnv_9", event: CART_EVENT });

describe("all that comes of a decision", () => {
  it("is one record, one message and one contact, and nothing that nobody said", () => {
    const { basis: _, ...result } = decideFor(playbookOf({ actions: [action("tea")] }));
    expect(result).toStrictEqual({
      decision: { ...DECISION, actions: [TEA] },
      messages: [MESSAGE],
      contact: { version: 1, entries: [CONTACT], coolDowns: {} },
    });
  });

  it("says what set it off, for each message that leaves", () => {
    const { decision, messages, contact } = rich();
    const cart = {
      ...{ action: "cart", treatment: "cart", channel: "email", rank: 1 },
      ...{ score: 18.75, propensity: 0.25, value: 12.5, contextWeight: 2, lever: 3, probability: 1 },
      reasons: [
        "its condition holds",
        "score 18.75 = propensity 0.25 x value 12.5 x context 2 x lever 3",
        "email is the best channel allowed",
      ],
    };
    const tea = {
      ...{ ...TEA, rank: 2, score: 2.5000025, value: 5.000005 },
      reasons: [
        "open to everyone",
        "score 2.5 = propensity 0.5 x value 5 x context 1 x lever 1",
        TEA.reasons[2],
      ],
    };
    expect(decision).toStrictEqual({
      ...{ ...DECISION, ...TOLD },
      actions: [cart, tea],
      rejected: [
        { action: "cake", stage: "eligibility", reason: "rule", cause: { kind: "condition", number: 1 } },
      ],
    });
    const { standing, ...facts } = CART_EVENT;
    const message = {
      ...{ ...MESSAGE, conversationId: "cnv_9", depth: 2, data: { total: 5 }, standing },
      event: { total: 5, ...facts },
    };
    const second = "msg_252c318be5efa7ff380ec832b9";
    expect(messages).toStrictEqual([
      { ...message, action: "cart", treatment: "cart" },
      { ...message, messageId: second },
    ]);
    expect(contact?.entries).toStrictEqual([
      { ...CONTACT, action: "cart", treatment: "cart" },
      { ...CONTACT, id: second },
    ]);
  });

  it("is logged with all that it takes to decide again, and nothing that names the customer", () => {
    const { decision, basis } = rich();
    expect(toLogRecord(decision, basis)).toStrictEqual({
      ...{ v: 1, decisionId: "dec_1", customerId: "cus_1", now: NOON, draws: [], decision },
      request: {
        ...{ mode: "message", ...TOLD, limit: 2, conversationId: "cnv_9", event: CART_EVENT },
        whereabouts: { zones: ["Europe/Berlin"], regions: [] },
      },
      state: {
        ...{ createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" },
        ...{ traits: { age: 30 }, computed: {}, counting: [], segments: [] },
        addresses: [{ channel: "email", status: "active" }],
        contact: { version: 0, entries: [], coolDowns: {} },
        consent: [
          {
            channel: "email",
            topic: "*",
            status: "granted",
            kind: "express",
            at: "2026-01-01T00:00:00.000Z",
          },
        ],
      },
    });
  });

  it("names whom nobody knows by what was asked, and holds what a page shows of a scarce offer", () => {
    const page = (more = {}) =>
      playbookOf({
        actions: [
          action("tea", {
            placements: ["web.home.hero"],
            treatments: [{ name: "tea", channel: "web", weight: 1 }],
            ...more,
          }),
        ],
      });
    const at = { placement: "web.home.hero", mode: "answer" } as const;
    const { channel: _, ...tea } = { ...TEA, reasons: TEA.reasons.slice(0, 2) };
    const shown = { ...tea, channel: "web" };
    const nobody = decideFor(page(), { ...at, record: null, ref: "email:a@x.example" });
    expect([nobody.decision, nobody.messages, nobody.contact, nobody.claims]).toStrictEqual([
      {
        ...{ ...DECISION, customerId: null, ref: "email:a@x.example", placement: at.placement },
        ...{ actions: [shown], checks: CHECKS.slice(2) },
      },
      [],
      undefined,
      undefined,
    ]);
    const scarce = {
      stock: { limit: 5, holdMs: HOUR },
      budget: { perMs: 24 * HOUR, max: 10, cost: 2 },
    };
    const held = decideFor(page(scarce), at);
    expect(held.decision.actions).toStrictEqual([{ ...shown, heldUntil: iso(NOON + HOUR) }]);
    expect(held.claims).toStrictEqual([
      {
        action: "tea",
        stock: { limit: 5, untilMinute: (NOON + HOUR) / 60_000 },
        // The brand's days from Monday, 29 December 1969.
        budget: { period: Date.parse("2026-03-11") / (24 * HOUR) + 3, max: 10, cost: 2 },
      },
    ]);
    expect(held.contact).toStrictEqual({
      version: 1,
      entries: [],
      coolDowns: {},
      holds: { tea: iso(NOON + HOUR) },
    });
  });
});

describe("all that comes of a message asked for by name", () => {
  const marketing = (playbook: CompiledPlaybook) => {
    const category = playbook.categories.get("marketing");
    if (category === undefined) throw new Error("no marketing");
    return category;
  };
  const order = (more: Partial<MessageOrder> = {}): MessageOrder => ({
    playbook: two,
    record: grown,
    decisionId: "dec_1",
    now: NOON,
    category: marketing(two),
    treatments: [{ name: "tea", channel: "email", weight: 0, template: "tea" }],
    ...more,
  });
  const tea = two.actionByName.get("tea");
  if (tea === undefined) throw new Error("no tea");
  const NAMED = {
    ...{ ...TEA, score: 1, propensity: 1, value: 1 },
    reasons: ["open to everyone", "score 1 = propensity 1 x value 1 x context 1 x lever 1", TEA.reasons[2]],
  };

  it("is a record like any other, of no action unless one has the treatment", () => {
    const { action: _, ...message } = MESSAGE;
    const { decision, messages, contact, claims, basis } = decideMessage(order());
    expect(decision).toStrictEqual({
      ...{ ...DECISION, placement: "api.messages" },
      actions: [{ ...NAMED, action: "message" }],
    });
    expect(messages).toStrictEqual([message]);
    expect(contact?.entries).toStrictEqual([{ ...CONTACT, action: "message" }]);
    expect(claims).toBeUndefined();
    expect(basis.order).toStrictEqual({ category: "marketing", treatment: "tea" });
    expect(decideMessage(order({ action: tea })).messages).toStrictEqual([MESSAGE]);
  });

  it("keeps the caller's own content, address on its channel, and what it asks to confirm", () => {
    const given = { content: { text: "hi" }, requestHash: "h", confirms: ["marketing"], action: tea };
    const sent = (channel: string) =>
      decideMessage(order({ ...given, address: { channel, value: "z@x.example" } }));
    const { action: _, treatment: __, ...message } = MESSAGE;
    const { action: ___, ...kept } = given;
    expect(sent("email").messages).toStrictEqual([{ ...message, ...kept, to: "z@x.example" }]);
    expect(sent("sms").messages).toStrictEqual([{ ...message, ...kept }]);
    expect(sent("email").basis.order).toStrictEqual({ category: "marketing", contentOn: "email" });
  });

  it("claims what is scarce, as the action would", () => {
    const scarce = {
      ...tea,
      stock: { limit: 5, holdMs: HOUR },
      budget: { perMs: 24 * HOUR, max: 10, cost: 2 },
    };
    const { claims, contact } = decideMessage(order({ action: scarce }));
    expect(claims).toMatchObject([{ action: "tea", stock: { limit: 5 }, budget: { max: 10, cost: 2 } }]);
    expect(contact?.holds).toEqual({ tea: "9999-12-31T00:00:00.000Z" });
  });

  it("is one rejected message where policy forbids it, in the words of a sender that finds out itself", () => {
    const { sweepAt: _, ...ended } = MESSAGE;
    const rejectedFor = (record: MessageOrder["record"]) =>
      decideMessage(order({ action: tea, record })).messages;
    const rejected = (reason: string) => [
      { ...ended, status: "rejected", history: [{ status: "rejected", at: iso(NOON), reason }] },
    ];
    expect(rejectedFor(customer({ consents: [] }))).toStrictEqual(rejected("consent"));
    expect(rejectedFor(customer({ addresses: [] }))).toStrictEqual(rejected("no-address"));
    const refused = customer({
      addresses: [address("email", "a@x.example")],
      refusals: [refusalOf("a@x.example")],
    });
    expect(rejectedFor(refused)).toStrictEqual(rejected("consent: the mailbox said no to marketing"));
  });

  it("waits until the moment that its caller named", () => {
    const [message] = decideMessage(order({ notBefore: NOON + HOUR })).messages;
    expect(message).toMatchObject({ sendAt: iso(NOON + HOUR), deadline: iso(NOON + 25 * HOUR) });
    const [past] = decideMessage(order({ notBefore: NOON - HOUR })).messages;
    expect(past).not.toHaveProperty("sendAt");
  });
});
