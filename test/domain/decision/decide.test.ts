import { describe, expect, it } from "vitest";
import {
  action,
  address,
  consent,
  contactAt,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "./fixture.ts";

const rejectionOf = (result: ReturnType<typeof decideFor>, name: string) =>
  result.decision.rejected.find((rejection) => rejection.action === name);

describe("a decision for a trigger", () => {
  it("asks for one message, reserves the contact and records why", () => {
    const { decision, messages, contact } = decideFor(playbookOf({ actions: [action("cart")] }), {
      event: { name: "Cart Updated", at: iso(NOON - HOUR), properties: { total: 40 } },
      trigger: "cart",
      eventId: "evt_1",
      depth: 2,
    });
    expect(decision).toMatchObject({
      decisionId: "dec_1",
      customerId: "cus_1",
      placement: "trigger.cart",
      playbook: "v1",
      at: iso(NOON),
      trigger: "cart",
      rejected: [],
      checks: ["address", "suppression", "consent", "cool-down", "quiet-hours", "cap", "holdout"],
      actions: [
        {
          action: "cart",
          treatment: "cart",
          channel: "email",
          rank: 1,
          score: 5,
          propensity: 0.5,
          value: 10,
        },
      ],
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      customerId: "cus_1",
      decisionId: "dec_1",
      channel: "email",
      lane: "bulk",
      status: "requested",
      data: { total: 40 },
      event: { name: "Cart Updated", total: 40, properties: { total: 40 } },
      depth: 2,
    });
    expect(messages[0]?.sendAt).toBeUndefined();
    expect(contact).toMatchObject({
      version: 1,
      entries: [{ at: iso(NOON), action: "cart", kind: "message" }],
    });
  });

  it("does nothing, and says so, where the placement has no action", () => {
    const result = decideFor(playbookOf(), { placement: "trigger.unknown" });
    expect(result.decision.actions).toEqual([]);
    expect(result.messages).toEqual([]);
    expect(result.contact).toBeUndefined();
  });

  it("writes nothing on a dry run", () => {
    const result = decideFor(playbookOf({ actions: [action("cart")] }), { dryRun: true });
    expect(result.decision.actions).toHaveLength(1);
    expect(result).toMatchObject({ messages: [], decision: { dryRun: true } });
    expect(result.contact).toBeUndefined();
  });
});

describe("eligibility", () => {
  const rule = (text: string, traits = {}) =>
    decideFor(playbookOf({ actions: [action("cart", { eligible: ["true", text] })] }), {
      record: customer({ traits }),
    });

  it("takes an action whose rules all hold", () => {
    expect(rule("customer.age >= 18", { age: 40 }).decision.actions).toHaveLength(1);
  });

  it("refuses on a rule that does not hold, and names the rule", () => {
    const result = rule("customer.age >= 18", { age: 12 });
    expect(rejectionOf(result, "cart")).toEqual({
      action: "cart",
      stage: "eligibility",
      reason: "rule",
      by: "2",
    });
  });

  it("counts what is not known as not eligible", () => {
    expect(rejectionOf(rule("customer.age >= 18"), "cart")?.reason).toBe("rule");
  });

  it("sees event, context, data and the time", () => {
    const eligible = [
      "event.total > 30 and event.properties.total = event.total",
      'context.device = "phone"',
      "data.code = 7",
      'now > date and time("2026-03-01T00:00:00Z")',
      'brand.name = "Fern"',
    ];
    const result = decideFor(playbookOf({ actions: [action("cart", { eligible })] }), {
      event: { name: "Cart Updated", at: iso(NOON), properties: { total: 40 } },
      context: { device: "phone" },
      data: { code: 7 },
    });
    expect(result.decision.rejected).toEqual([]);
  });

  it("offers an action only within its life span", () => {
    const actions = [
      action("early", { activeFrom: NOON + 1 }),
      action("late", { activeTo: NOON }),
      action("open", { activeFrom: NOON, activeTo: NOON + 1 }),
    ];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["open"]);
    expect(rejectionOf(result, "early")?.by).toBe("not yet active");
    expect(rejectionOf(result, "late")?.by).toBe("no longer active");
  });

  it("does not offer what has no computable value", () => {
    const result = decideFor(playbookOf({ actions: [action("cart", { value: "customer.age * 2" })] }));
    expect(rejectionOf(result, "cart")).toMatchObject({ stage: "eligibility", by: "value" });
  });

  it("stops a rule that takes too much without stopping the decision", () => {
    const heavy = "count(for a in 1..3000, b in 1..3000 return a) > 0";
    const result = decideFor(
      playbookOf({ actions: [action("heavy", { eligible: [heavy] }), action("light")] }),
    );
    expect(rejectionOf(result, "heavy")?.reason).toBe("rule");
    expect(result.decision.actions[0]?.action).toBe("light");
  });

  it("bounds what all rules take together", () => {
    const heavy = Array.from({ length: 40 }, (_, index) =>
      action(`heavy${index}`, { eligible: [`some a in 1..700, b in 1..700 satisfies a * b + ${index} < 0`] }),
    );
    const last = action("last", { eligible: ["every a in 1..10 satisfies a > 0"] });
    const spent = decideFor(playbookOf({ actions: [...heavy, last] }));
    expect(rejectionOf(spent, "last")?.reason).toBe("rule");
    const affordable = decideFor(playbookOf({ actions: [...heavy.slice(0, 2), last] }));
    expect(affordable.decision.actions[0]?.action).toBe("last");
  });
});

describe("contact policy", () => {
  const actions = [action("cart"), action("receipt", { category: "transactional" })];

  it.each([
    ["no consent", [], "email: missing"],
    ["consent withdrawn", [consent("email", { status: "withdrawn" })], "email: withdrawn"],
    ["consent expired", [consent("email", { expiresAt: iso(NOON - 1) })], "email: expired"],
    ["only implied consent", [consent("email", { kind: "implied" })], "email: implied-only"],
  ])("refuses marketing with %s, but not what is transactional", (_, consents, by) => {
    const playbook = playbookOf({ actions });
    const result = decideFor(playbook, { record: customer({ consents }) });
    expect(rejectionOf(result, "cart")).toEqual({ action: "cart", stage: "policy", reason: "consent", by });
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["receipt"]);
    expect(result.messages[0]?.lane).toBe("transactional");
    expect(result.contact).toBeUndefined();
  });

  it("refuses a customer without an address", () => {
    const result = decideFor(playbookOf({ actions }), { record: customer({ addresses: [] }) });
    expect(rejectionOf(result, "cart")).toMatchObject({ stage: "channel", reason: "no-address" });
    expect(rejectionOf(result, "receipt")).toMatchObject({ stage: "channel", reason: "no-address" });
  });

  it("refuses an address that bounced, transactional matters too", () => {
    const record = customer({ addresses: [address("email", "ada@example.com", "bounced")] });
    const result = decideFor(playbookOf({ actions }), { record });
    expect(rejectionOf(result, "cart")).toMatchObject({ stage: "policy", reason: "suppressed" });
    expect(rejectionOf(result, "receipt")).toMatchObject({ stage: "policy", reason: "suppressed" });
  });

  it("refuses an address that is suppressed elsewhere", () => {
    const result = decideFor(playbookOf({ actions }), { isSuppressed: (channel) => channel === "email" });
    expect(rejectionOf(result, "cart")?.reason).toBe("suppressed");
  });

  it("refuses what a cap leaves no room for", () => {
    const cap = { name: "two a day", max: 2, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
    const playbook = playbookOf({ actions: [action("cart")], contactPolicy: { caps: [cap] } });
    const with1 = decideFor(playbook, { record: customer({ contacts: [contactAt(NOON - HOUR)] }) });
    expect(with1.decision.actions).toHaveLength(1);
    const full = customer({ contacts: [contactAt(NOON - HOUR), contactAt(NOON - 23 * HOUR)] });
    expect(rejectionOf(decideFor(playbook, { record: full }), "cart")).toEqual({
      action: "cart",
      stage: "policy",
      reason: "cap",
      by: "two a day",
    });
    const slid = customer({ contacts: [contactAt(NOON - HOUR), contactAt(NOON - 24 * HOUR)] });
    expect(decideFor(playbook, { record: slid }).decision.actions).toHaveLength(1);
  });

  it("refuses an action during its cool-down", () => {
    const record = customer({ coolDowns: { cart: iso(NOON + 1) } });
    const playbook = playbookOf({ actions: [action("cart")] });
    expect(rejectionOf(decideFor(playbook, { record }), "cart")).toMatchObject({ reason: "cool-down" });
    expect(decideFor(playbook, { record, now: NOON + 1 }).decision.actions).toHaveLength(1);
  });

  it("leaves the holdout alone but for transactional matters, and gives it no second best", () => {
    const playbook = playbookOf({
      actions: [
        action("best", { value: 90 }),
        action("second"),
        action("receipt", { category: "transactional" }),
      ],
      contactPolicy: { holdout: 1 },
      placements: [{ name: "trigger.cart", limit: 2, channels: [] }],
    });
    const result = decideFor(playbook);
    expect(rejectionOf(result, "best")).toMatchObject({ stage: "policy", reason: "holdout" });
    expect(rejectionOf(result, "second")).toMatchObject({ stage: "arbitration", reason: "outranked" });
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["receipt"]);
    expect(result.contact).toBeUndefined();
  });

  it("holds a message until quiet hours end where the customer is", () => {
    const quiet = { from: "21:00", to: "08:00", channels: [], categories: [] };
    const playbook = playbookOf({ actions: [action("cart")], contactPolicy: { quietHours: [quiet] } });
    const night = Date.parse("2026-03-11T22:30:00.000Z");
    const berlin = decideFor(playbook, { now: night });
    expect(berlin.messages[0]?.sendAt).toBe("2026-03-12T07:00:00.000Z");
    expect(berlin.contact?.entries[0]?.at).toBe("2026-03-12T07:00:00.000Z");
    const record = customer({ traits: { timezone: "America/New_York" } });
    expect(decideFor(playbook, { now: night, record }).messages[0]?.sendAt).toBeUndefined();
  });

  it("cannot hold an answer: the caller would show it now", () => {
    const quiet = { from: "21:00", to: "08:00", channels: ["email"], categories: ["marketing"] };
    const playbook = playbookOf({ actions, contactPolicy: { quietHours: [quiet] } });
    const result = decideFor(playbook, { now: Date.parse("2026-03-11T22:30:00Z"), mode: "answer" });
    expect(rejectionOf(result, "cart")).toMatchObject({ stage: "policy", reason: "quiet-hours" });
  });

  it("does not hold an action beyond its own end", () => {
    const quiet = { from: "21:00", to: "08:00", channels: [], categories: [] };
    const ending = action("cart", { activeTo: Date.parse("2026-03-12T06:00:00.000Z") });
    const playbook = playbookOf({ actions: [ending], contactPolicy: { quietHours: [quiet] } });
    const result = decideFor(playbook, { now: Date.parse("2026-03-11T22:30:00Z") });
    expect(rejectionOf(result, "cart")?.reason).toBe("quiet-hours");
  });
});

describe("score and arbitration", () => {
  it("multiplies propensity, blended value, context weight and lever", () => {
    const formulas = {
      value: "customer.age",
      valueToCustomer: 20,
      propensity: "0.1 * 2",
      contextWeight: 'if context.device = "phone" then 2 else 1',
      lever: 3,
    };
    const result = decideFor(playbookOf({ actions: [action("cart", formulas)] }), {
      record: customer({ traits: { age: 40 } }),
      context: { device: "phone" },
    });
    const [chosen] = result.decision.actions;
    expect(chosen).toMatchObject({ propensity: 0.2, value: 30 });
    expect(chosen?.score).toBeCloseTo(0.2 * 30 * 2 * 3);
    expect(chosen?.reasons).toContain("score 36 = propensity 0.2 x value 30 x context 2 x lever 3");
  });

  it.each([
    ["-1", 0],
    ["7", 1],
  ])("keeps a declared propensity of %s within 0 and 1", (propensity, expected) => {
    const result = decideFor(playbookOf({ actions: [action("cart", { propensity })] }), { mode: "answer" });
    const score = result.decision.actions[0]?.propensity ?? 0;
    expect(score).toBe(expected);
  });

  it("takes the best, and tells the others who won", () => {
    const actions = [
      action("low", { value: 1 }),
      action("high", { value: 50 }),
      action("mid", { value: 20 }),
    ];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["high"]);
    expect(rejectionOf(result, "mid")).toEqual({
      action: "mid",
      stage: "arbitration",
      reason: "outranked",
      by: "high",
      factors: { score: 7.5, propensity: 0.5, value: 15, contextWeight: 1, lever: 1 },
    });
  });

  it("gives the best N, ranked from 1", () => {
    const actions = [
      action("low", { value: 1 }),
      action("high", { value: 50 }),
      action("mid", { value: 20 }),
    ];
    const result = decideFor(playbookOf({ actions }), { limit: 2, mode: "answer" });
    expect(result.decision.actions.map(({ action: name, rank }) => [name, rank])).toEqual([
      ["high", 1],
      ["mid", 2],
    ]);
  });

  it("does nothing when nothing is worth the interruption", () => {
    const worthless = { value: 0, valueToCustomer: 0 };
    const actions = [action("cart", worthless), action("annoying", { value: 5, valueToCustomer: -20 })];
    const result = decideFor(playbookOf({ actions }));
    expect(result.decision.actions).toEqual([]);
    expect(rejectionOf(result, "cart")).toMatchObject({ reason: "outranked", by: "doing nothing" });
    expect(rejectionOf(result, "annoying")).toMatchObject({ reason: "outranked", by: "doing nothing" });
  });

  it("sends what is owed whatever it is worth, before anything else", () => {
    const receipt = action("receipt", { category: "transactional", value: 0, valueToCustomer: 0 });
    const result = decideFor(playbookOf({ actions: [action("cart", { value: 99 }), receipt] }));
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["receipt"]);
    expect(rejectionOf(result, "cart")).toMatchObject({ reason: "outranked", by: "receipt" });
  });

  it("takes one action of a group", () => {
    const actions = [
      action("gold", { group: "upgrade", value: 50 }),
      action("silver", { group: "upgrade", value: 40 }),
      action("news", { value: 5 }),
    ];
    const result = decideFor(playbookOf({ actions }), { limit: 3 });
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["gold", "news"]);
    expect(rejectionOf(result, "silver")).toMatchObject({ reason: "outranked", by: "gold" });
  });

  it("counts its own choices against a cap", () => {
    const cap = { name: "one a day", max: 1, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
    const playbook = playbookOf({
      actions: [action("first", { value: 50 }), action("second")],
      contactPolicy: { caps: [cap] },
    });
    const result = decideFor(playbook, { limit: 2 });
    expect(result.messages).toHaveLength(1);
    expect(rejectionOf(result, "second")).toMatchObject({ stage: "policy", reason: "cap", by: "one a day" });
  });
});

describe("channel and treatment", () => {
  const both = [
    { name: "mail", channel: "email", weight: 1 },
    { name: "text", channel: "sms", weight: 1 },
  ];
  const reachable = {
    addresses: [address("email", "ada@example.com"), address("sms", "+491701234567")],
    consents: [consent("email"), consent("sms")],
  };
  const playbook = playbookOf({ actions: [action("cart", { treatments: both })] });
  const channelFor = (record = customer(reachable), channel?: string) =>
    decideFor(playbook, { record, ...(channel === undefined ? {} : { channel }) }).decision.actions[0]
      ?.channel;

  it("follows the brand's order, the customer's own wish before it", () => {
    expect(channelFor()).toBe("email");
    expect(channelFor(customer({ ...reachable, traits: { preferredChannel: "sms" } }))).toBe("sms");
  });

  it("takes the next channel where the first is closed", () => {
    expect(channelFor(customer({ ...reachable, consents: [consent("sms")] }))).toBe("sms");
  });

  it("keeps to the channel that was asked for", () => {
    expect(channelFor(customer(reachable), "sms")).toBe("sms");
    expect(channelFor(customer(), "sms")).toBeUndefined();
  });

  it("tells of what has nothing for the channel or the place that it has nothing", () => {
    const refused = { stage: "channel", reason: "no-address", by: "no treatment" };
    expect(rejectionOf(decideFor(playbook, { channel: "web" }), "cart")).toMatchObject(refused);
    const onWeb = playbookOf({
      actions: [action("cart")],
      placements: [{ name: "trigger.cart", limit: 1, channels: ["web"] }],
    });
    expect(rejectionOf(decideFor(onWeb, { mode: "answer" }), "cart")).toMatchObject(refused);
  });

  it("never counts a page as a way to send a message", () => {
    const treatments = [
      { name: "mail", channel: "email", weight: 1 },
      { name: "banner", channel: "web", weight: 1 },
    ];
    const mixed = playbookOf({ actions: [action("cart", { treatments })] });
    const record = customer({ consents: [] });
    expect(rejectionOf(decideFor(mixed, { record }), "cart")?.reason).toBe("consent");
    const onlyWeb = playbookOf({ actions: [action("cart", { treatments: treatments.slice(1) })] });
    expect(rejectionOf(decideFor(onlyWeb), "cart")).toMatchObject({ stage: "channel", reason: "no-address" });
    expect(decideFor(mixed, { record, mode: "answer" }).decision.actions[0]?.channel).toBe("web");
  });

  it("tells the reason that says most when no channel is left", () => {
    const result = decideFor(playbook, { record: customer({ consents: [] }) });
    expect(rejectionOf(result, "cart")).toMatchObject({ reason: "consent", by: "email: missing" });
  });
});

describe("an answer to a page", () => {
  const hero = (overrides = {}) =>
    action("spring", {
      placements: ["web.home.hero"],
      treatments: [{ name: "banner", channel: "web", weight: 1, content: { headline: "Spring" } }],
      ...overrides,
    });
  const ask = (input = {}, policy = {}) =>
    decideFor(playbookOf({ actions: [hero()], contactPolicy: policy }), {
      placement: "web.home.hero",
      mode: "answer",
      ...input,
    });

  it("is given to somebody nobody knows, with its content", () => {
    const { decision, contact } = ask({ record: null, ref: "anonymousId:a1" });
    expect(decision).toMatchObject({
      customerId: null,
      ref: "anonymousId:a1",
      actions: [{ action: "spring", channel: "web", content: { headline: "Spring" } }],
    });
    expect(contact).toBeUndefined();
  });

  it("needs no consent, but heeds an objection", () => {
    expect(ask({ record: customer({ consents: [] }) }).decision.actions).toHaveLength(1);
    const objecting = customer({ consents: [consent("*", { topic: "marketing", status: "withdrawn" })] });
    expect(rejectionOf(ask({ record: objecting }), "spring")?.reason).toBe("consent");
  });

  it("never sends, and is not counted by caps on messages", () => {
    const cap = { name: "one a day", max: 1, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
    const contacts = [contactAt(NOON - HOUR)];
    const result = ask({ record: customer({ contacts }) }, { caps: [cap] });
    expect(result.decision.actions).toHaveLength(1);
    expect(result.messages).toEqual([]);
    expect(result.contact).toBeUndefined();
  });

  it("is counted by a cap that names its channel", () => {
    const cap = { name: "web", max: 1, windowMs: HOUR, channels: ["web"], categories: [], actions: [] };
    const first = ask({}, { caps: [cap] });
    expect(first.contact?.entries).toMatchObject([{ kind: "impression", channel: "web" }]);
    const record = { ...customer(), contact: first.contact ?? customer().contact };
    expect(rejectionOf(ask({ record }, { caps: [cap] }), "spring")).toMatchObject({
      reason: "cap",
      by: "web",
    });
  });
});
