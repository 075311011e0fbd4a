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
  refusalOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

describe("contact policy", () => {
  const actions = [action("cart"), action("receipt", { category: "transactional" })];

  it.each([
    ["no consent", [], "missing"],
    ["consent withdrawn", [consent("email", { status: "withdrawn" })], "withdrawn"],
    ["consent expired", [consent("email", { expiresAt: iso(NOON - 1) })], "expired"],
    ["only implied consent", [consent("email", { kind: "implied" })], "implied-only"],
  ])("refuses marketing with %s, but not what is transactional", (_, consents, verdict) => {
    const playbook = playbookOf({ actions });
    const result = decideFor(playbook, { record: customer({ consents }) });
    const cause = { kind: "consent", channel: "email", verdict };
    expect(rejectionOf(result, "cart")).toEqual({
      action: "cart",
      stage: "policy",
      reason: "consent",
      cause,
    });
    expect(result.decision.actions.map((chosen) => chosen.action)).toEqual(["receipt"]);
    expect(result.messages[0]?.lane).toBe("transactional");
    expect(result.contact).toBeUndefined();
  });

  describe("where the customer's mailbox is known to have said no", () => {
    const both = [
      { name: "mail", channel: "email", template: "mail", weight: 1 },
      { name: "text", channel: "sms", template: "text", weight: 1 },
    ];
    const cart = playbookOf({ actions: [action("cart", { treatments: both })] });
    const mail = address("email", "ada@example.com");
    const phone = address("sms", "+4915112345678");
    const consents = [consent("email"), consent("sms")];
    const refusals = [refusalOf("ada@example.com")];
    const chosen = (changes: Parameters<typeof customer>[0]) =>
      decideFor(cart, { record: customer({ addresses: [mail, phone], consents, refusals, ...changes }) });

    it("takes another channel", () => {
      expect(chosen({ refusals: [] }).messages).toMatchObject([{ channel: "email" }]);
      expect(chosen({}).messages).toMatchObject([{ channel: "sms" }]);
    });

    it("sends nothing where there is none, and says whose no it is", () => {
      const result = chosen({ addresses: [mail] });
      expect(result.messages).toEqual([]);
      expect(rejectionOf(result, "cart")).toMatchObject({ stage: "policy", reason: "consent" });
      expect(rejectionOf(result, "cart")?.cause).toMatchObject({ verdict: "mailbox-said-no" });
    });

    it.each([
      ["they have another address there", { addresses: [mail, address("email", "ada@work.example"), phone] }],
      ["that is a week ago", { refusals: [refusalOf("ada@example.com", { until: iso(NOON) })] }],
      ["they have said yes since", { consents: [consent("email", { at: iso(NOON), topic: "marketing" })] }],
      ["it was about something else", { refusals: [refusalOf("ada@example.com", { topic: "service" })] }],
    ])("mails them as ever when %s", (_, changes) => {
      expect(chosen(changes).messages).toMatchObject([{ channel: "email" }]);
    });

    it("goes on refusing when a public key says yes for them", () => {
      const yes = consent("email", { at: iso(NOON), topic: "marketing", standing: "public" });
      expect(chosen({ consents: [yes, consent("sms")] }).messages).toMatchObject([{ channel: "sms" }]);
    });

    it("sends what is owed there", () => {
      const playbook = playbookOf({ actions });
      const result = decideFor(playbook, { record: customer({ refusals }) });
      expect(result.messages).toMatchObject([{ channel: "email", category: "transactional" }]);
    });
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
      cause: { kind: "cap", name: "two a day" },
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

  it("takes nobody into the holdout, or out of it, because a newer customer turns out to be them", () => {
    const shop = playbookOf({ actions: [action("cart")], contactPolicy: { holdout: 0.5 } });
    const isLeftAlone = (id: string, ...absorbed: string[]): boolean => {
      const { state, ...rest } = customer({ id });
      const result = decideFor(shop, { record: { ...rest, state: { ...state, absorbed } } });
      return result.decision.actions.length === 0;
    };
    const ids = Array.from({ length: 40 }, (_, number) => `cus_${number}`);
    const before = ids.map((id) => isLeftAlone(id));
    expect(ids.map((id) => isLeftAlone(id, "cus_x", "cus_y"))).toEqual(before);
    expect(ids.map((id) => isLeftAlone("cus_x", id))).toEqual(before);
    expect(new Set(before).size).toBe(2);
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
