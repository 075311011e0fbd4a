import { beforeAll, describe, expect, it, vi } from "vitest";
import { DecisionAnswer } from "#functions/decide/api/operations.ts";
import { Experiments, Models } from "#functions/measure/models-api/operations.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";

// Hundreds of decisions, and two months of waits.
vi.setConfig({ testTimeout: 180_000 });

let hub: Hub;
beforeAll(async () => {
  // The retail playbook as it is: it explores, and its experiments run.
  hub = hubAt((await startTestCloud()).url);
});

const track = (userId: string, event: string, properties: object) => ({
  type: "track",
  userId,
  event,
  properties,
});
const bought = (userId: string, order: string, category: string) =>
  track(userId, "Order Completed", {
    order_id: `${order}-${userId}`,
    total: 60,
    currency: "EUR",
    products: [{ product_id: "p1", name: "Harbour", category, price: 60, quantity: 1 }],
  });
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
/** Who sees the hero slot, and who gets mail. */
const SHOPPERS = people("hero", 30);
const READERS = people("reader", 60);
const armOf = async (action: string, channel: string) => {
  const { items } = Models.parse((await hub.call("GET", "/v1/models")).body);
  const item = items.find((one) => one.action === action && one.channel === channel);
  return { evidence: item?.evidence ?? 0, positives: item?.positives ?? 0 };
};

describe("the hero slot of the retail playbook", () => {
  const ROUNDS = 8;
  const asked = (userId: string, more: object = {}) =>
    hub.call("POST", "/v1/decisions", {
      customer: `userId:${userId}`,
      placement: "web.home.hero",
      context: { device: "phone" },
      ...more,
    });
  const show = async (userId: string) => DecisionAnswer.parse((await asked(userId)).body);
  /** What each of the two open actions is thought to be worth to the first shopper now. */
  const considered = async () => {
    const dry = DecisionAnswer.parse((await asked("hero-0", { dryRun: true, explain: true })).body);
    const all = [
      ...dry.actions.map((one) => ({ ...one, factors: one })),
      ...(dry.rejected ?? []).filter(({ reason }) => reason === "outranked"),
    ];
    const of = (name: string) => all.find(({ action }) => action === name)?.factors;
    return { subscription: of("hero-subscription"), roast: of("hero-new-roast"), open: all.length };
  };
  /** The new roast's share of a round: everybody sees the page once, and takes the roast whenever it is there. */
  const round = async (): Promise<number> => {
    const seen = await Promise.all(SHOPPERS.map(show));
    const roasts = seen.filter(({ actions }) => actions[0]?.action === "hero-new-roast");
    for (const { decisionId } of roasts) {
      await hub.call("POST", "/v1/outcomes", { decisionId, action: "hero-new-roast", outcome: "accepted" });
    }
    // Whoever decides keeps the model for five seconds.
    await hub.advance("PT6S");
    return roasts.length / seen.length;
  };

  it("begins with what the company's model says, learns what people take, and turns to it", async () => {
    await hub.tell("batch", {
      batch: SHOPPERS.flatMap((id) => [bought(id, "A", "Coffee"), bought(id, "B", "Coffee")]),
    });
    await hub.settle();

    const before = await considered();
    // models/subscription.json: intercept -3.6, 0.3 for each of two coffee orders, nothing else known.
    expect(before.subscription?.propensity).toBeCloseTo(1 / (1 + Math.exp(3.6 - 0.3 * 2)), 6);
    expect(before.roast?.propensity).toBeCloseTo(0.03, 6);
    expect(before.subscription?.score).toBeGreaterThan(before.roast?.score ?? Number.POSITIVE_INFINITY);
    expect(before.open).toBe(2);

    const shares: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) shares.push(await round());

    // One round goes by what was declared: the chance that the roast is drawn 15 times of 30 at 9 in 100 is 1 in 10^8.
    expect(shares[0]).toBeLessThan(0.5);
    expect(shares.at(-1)).toBeGreaterThan(0.5);
    const after = await considered();
    expect(after.roast?.score).toBeGreaterThan(after.subscription?.score ?? Number.POSITIVE_INFINITY);
    expect(after.roast?.propensity).toBeGreaterThan(0.5);

    const roast = await armOf("hero-new-roast", "web");
    const subscription = await armOf("hero-subscription", "web");
    expect(roast.evidence + subscription.evidence).toBeCloseTo(SHOPPERS.length * ROUNDS, 0);
    expect(roast.positives).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) * SHOPPERS.length, 0);
    expect(subscription.positives).toBe(0);
  });

  it("records each choice with its chance, which never falls below the floor, and what was known", async () => {
    const { decisionId } = await show("hero-1");
    const record = DecisionAnswer.parse((await hub.call("GET", `/v1/decisions/${decisionId}`)).body);
    const [chosen] = record.actions;
    // A tenth of an even split between two.
    expect(chosen?.probability).toBeGreaterThanOrEqual(0.05);
    expect(chosen?.probability).toBeLessThanOrEqual(0.95);
    expect(chosen?.pick).toBeTypeOf("number");
    expect(record.explanation).toContain("so that we go on learning");
  });
});

describe("the retail playbook's experiments", () => {
  const decisionAt = async (userId: string, placement: string) => {
    const items = await hub.timeline(`userId:${userId}`);
    const found = items.find((item) => item.kind === "decision" && item.placement === placement);
    return DecisionAnswer.parse((await hub.call("GET", `/v1/decisions/${String(found?.decisionId)}`)).body);
  };
  const experiment = async (name: string) => {
    const { items } = Experiments.parse((await hub.call("GET", "/v1/experiments")).body);
    const found = items.find((one) => one.experiment === name);
    if (found === undefined) throw new Error(`no experiment ${name}`);
    return found;
  };
  const variants = new Map<string, string>();
  const inVariant = (variant: string) => READERS.filter((id) => variants.get(id) === variant);

  beforeAll(async () => {
    const batch = READERS.flatMap((userId) => [
      { type: "identify", userId, traits: { email: `${userId}@example.com`, firstName: "Kim" } },
      { type: "track", ...consentTo("email", userId) },
      track(userId, "Product Added", { name: "Kettle", price: 49 }),
    ]);
    await hub.collect("batch", { batch });
    await hub.advance("PT2H");
    for (const userId of READERS) {
      const { experiments } = await decisionAt(userId, "trigger.cart-abandoned");
      variants.set(userId, experiments?.["cart wording"] ?? "");
    }
  });

  it("send each reader the wording of their variant", async () => {
    for (const userId of READERS) {
      const [mail] = await hub.outbox({ to: `${userId}@example.com` });
      const subject = variants.get(userId) === "question" ? "Was something unclear?" : "Your cart is waiting";
      expect(mail?.subject).toBe(subject);
    }
    expect(inVariant("reminder").length + inVariant("question").length).toBe(READERS.length);
  });

  it("count who was in which variant and what came of it, and say the uplift with its intervals", async () => {
    const asking = inVariant("question");
    const buyers = asking.filter((_, index) => index % 2 === 0);
    await hub.tell("batch", { batch: buyers.map((userId) => bought(userId, "A", "Kettles")) });
    await hub.settle();

    const { variants: counted, sampleRatio, control } = await experiment("cart wording");
    const mean = buyers.length / asking.length;
    expect(control).toBe("reminder");
    expect(counted).toMatchObject([
      { variant: "reminder", customers: READERS.length - asking.length, mean: 0, uplift: null },
      { variant: "question", customers: asking.length, mean, uplift: { difference: mean, relative: null } },
    ]);
    const { fixed, anytime } = counted[1]?.uplift ?? {};
    expect(fixed?.low).toBeGreaterThan(0);
    expect(fixed?.low).toBeLessThan(mean);
    expect(anytime?.low).toBeLessThan(fixed?.low ?? 0);
    expect(anytime?.high).toBeGreaterThan(fixed?.high ?? 1);
    expect(sampleRatio.pValue).toBeGreaterThan(0);
    // The models learn from the same orders: each is owed to the mail before it.
    const mail = await armOf("cart-reminder", "email");
    expect(mail.evidence).toBeCloseTo(READERS.length, 0);
    expect(mail.positives).toBeCloseTo(buyers.length, 0);
  });

  it("try a policy without discounts and one of silence: who is left alone gets no mail", async () => {
    // More than three days later, so that these orders are no cart's merit; worth a small discount two months on.
    await hub.advance("P4D");
    const batch = READERS.flatMap((id) => [bought(id, "B", "Kettles"), bought(id, "C", "Kettles")]);
    await hub.tell("batch", { batch });
    await hub.advance("P61D");

    const sent = new Map<string, string[]>();
    for (const userId of READERS) {
      const { experiments, actions } = await decisionAt(userId, "trigger.win-back");
      const variant = experiments?.["win-back policy"] ?? "";
      sent.set(variant, [...(sent.get(variant) ?? []), actions[0]?.action ?? "nothing"]);
    }
    const inPolicy = new Map([...sent].map(([variant, actions]) => [variant, actions.length]));
    // Two months ago the shoppers of the hero slot bought as well. They take part, although no mail may reach them.
    for (const userId of SHOPPERS) {
      const { experiments, actions } = await decisionAt(userId, "trigger.win-back");
      const variant = experiments?.["win-back policy"] ?? "";
      inPolicy.set(variant, (inPolicy.get(variant) ?? 0) + 1);
      expect(actions).toEqual([]);
    }
    expect([...sent.keys()].toSorted()).toEqual(["as ever", "no discount", "silence"]);
    expect(new Set(sent.get("silence"))).toEqual(new Set(["nothing"]));
    expect(new Set(sent.get("no discount"))).toEqual(new Set(["win-back"]));
    expect(sent.get("as ever")).toContain("win-back-offer");
    expect((await experiment("win-back policy")).variants).toMatchObject(
      ["as ever", "no discount", "silence"].map((variant) => ({
        variant,
        customers: inPolicy.get(variant),
        mean: 0,
      })),
    );
    expect((await experiment("cart wording")).variants[0]).toMatchObject({ mean: 0 });
  });
});

describe("an order that only a page tells of", () => {
  it("is on the timeline, brings no receipt and does not count", async () => {
    const who = { userId: "page-kim", email: "page-kim@example.com" };
    await hub.collect("identify", { userId: who.userId, traits: { email: who.email } });
    await hub.collect("track", bought(who.userId, "P", "Coffee"));
    await hub.settle();

    expect(await hub.outbox({ to: who.email })).toEqual([]);
    expect((await hub.profile(`userId:${who.userId}`)).computed.orders).toBe(0);
    const [order] = await hub.timeline(`userId:${who.userId}`);
    expect(order).toMatchObject({ name: "Order Completed", standing: "public" });
    expect(order?.refused).toEqual([{ what: "event", reason: "not-trusted" }]);

    await hub.tell("track", bought(who.userId, "Q", "Coffee"));
    await hub.settle();
    expect((await hub.outbox({ to: who.email })).map(({ subject }) => subject)).toEqual([
      `Your order Q-${who.userId}`,
    ]);
  });

  it("is no way to have service mails sent, nor is what machines and the help desk tell", async () => {
    const who = { userId: "page-lee", email: "page-lee@example.com" };
    await hub.collect("identify", { userId: who.userId, traits: { email: who.email } });
    const agreed = consentTo("email", who.userId);
    await hub.collect("track", { ...agreed, properties: { ...agreed.properties, topic: "service" } });
    for (const event of ["Descaling Due", "Ticket Created", "Descaling Due"]) {
      await hub.collect("track", { userId: who.userId, event, properties: { machine_id: "m", cups: 3 } });
    }
    await hub.settle();
    expect(await hub.outbox({ to: who.email })).toEqual([]);
    expect((await hub.profile(`userId:${who.userId}`)).computed.complaints90d).toBe(0);

    await hub.tell("track", { userId: who.userId, event: "Descaling Due", properties: { cups: 3 } });
    await hub.settle();
    expect(await hub.outbox({ to: who.email })).toHaveLength(1);
  });
});
