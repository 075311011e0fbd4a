import { describe, expect, it } from "vitest";
import { BOUNDS } from "#kernel/bounds.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
import { asRapportError } from "#runtime/errors.ts";
import type { ApplyDependencies } from "#usecases/apply/apply-group.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
import { carriedOutHere } from "#usecases/apply/carried-out.ts";
import { minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const named = (name: string): Error => Object.assign(new Error(name), { name });
const IMPOSSIBLE = named("ValidationException");
const BUSY = named("ThrottlingException");

/** Two groups of one person; `broken`: events of which nothing can be told, and why. */
const shop = () => {
  const profiles = memoryProfiles(playbook);
  const { dependencies } = profiles;
  const dead: PoisonEvent[] = [];
  const broken = new Map<string, Error>();
  const fail = (text: string): void => {
    for (const [id, error] of broken) if (text.includes(id)) throw error;
  };
  const timers: ApplyDependencies["timers"] = {
    ...dependencies.timers,
    set: async (some) => {
      fail(JSON.stringify(some));
      await dependencies.timers.set(some);
    },
  };
  const history: ApplyDependencies["history"] = {
    ...dependencies.history,
    put: async (items) => {
      fail(JSON.stringify(items));
      await dependencies.history.put(items);
    },
  };
  const asked: (readonly string[])[] = [];
  const customers: ApplyDependencies["customers"] = {
    ...dependencies.customers,
    resolve: (identifiers, ids) => {
      asked.push(ids);
      return dependencies.customers.resolve(identifiers, ids);
    },
    putConsent: async (customerId, entries, known) => {
      fail(JSON.stringify(entries));
      await dependencies.customers.putConsent(customerId, entries, known);
    },
  };
  const deadLetters = {
    put: async (_: string, poison: readonly PoisonEvent[]) => {
      dead.push(...poison);
    },
  };
  const carriedOut = carriedOutHere();
  const work = {
    ...dependencies,
    carriedOut,
    customers,
    timers,
    history,
    deadLetters,
    errorOf: asRapportError,
  };
  const apply = (group: string, ...events: readonly ReturnType<typeof track>[]) =>
    applyMessage(work, { group, events, poison: [] });
  const customer = () => dependencies.customers.find("userId:u1");
  const state = async () => (await customer())?.state;
  return { ...profiles, asked, dead, broken, apply, customer, state };
};

const added = (minute: number, more: object = {}) =>
  track("Product Added", { userId: "u1", at: minutesAgo(minute), properties: { product_id: "p1", ...more } });
const WITHDRAWN = { channel: "email", topic: "marketing", status: "withdrawn" };
const GRANTED = { ...WITHDRAWN, status: "granted" };
const ordered = (total = 5) => track("Order Completed", { userId: "u1", properties: { total } });

describe("effects of one inbox group that were carried out", () => {
  it("are not looked for in history by the process that did so, when another group writes over them", async () => {
    const { apply, asked, facts, published } = shop();
    const orders = [ordered(), ordered(), ordered()];
    for (const [index, order] of orders.entries()) await apply(index % 2 === 0 ? "a" : "b", order);
    expect(asked).toEqual(orders.map(({ id }) => [id]));
    expect(orders.every(({ id }) => facts.has(id))).toBe(true);
    expect(published).toHaveLength(3);
  });
});

describe("effects of one inbox group that cannot be carried out", () => {
  it("for good: its own event alone is given up, once, with the reason, and another group's go on", async () => {
    const { apply, dead, broken, state, facts, published } = shop();
    const first = added(30);
    broken.set(first.id, IMPOSSIBLE);
    await apply("a", first);
    const orders = [ordered(), ordered(), ordered()];
    for (const order of orders) await apply("b", order);

    expect(dead).toMatchObject([{ event: { id: first.id }, reason: { code: "impossible" } }]);
    expect((await state())?.computed.orders?.all).toEqual({ n: 3 });
    expect(orders.every(({ id }) => facts.has(id))).toBe(true);
    expect(published).toHaveLength(3);
  });

  it("for now: are kept, and told once they can be; nobody waits, and nothing is applied twice", async () => {
    const { apply, dead, broken, state, facts } = shop();
    const first = added(30);
    broken.set(first.id, BUSY);
    await expect(apply("a", first)).rejects.toThrow(BUSY);
    await apply("b", ordered());
    await apply("c", ordered());
    await expect(apply("a", first)).rejects.toThrow(BUSY);
    expect(facts.has(first.id)).toBe(false);

    broken.clear();
    await apply("a", first);
    expect(facts.has(first.id)).toBe(true);
    expect((await state())?.computed.orders?.all).toEqual({ n: 2 });
    expect((await state())?.recent.filter(({ name }) => name === "Product Added")).toHaveLength(1);
    expect(dead).toEqual([]);
  });

  it("never set a timer that a later event of another group called off", async () => {
    const { apply, broken, timers, facts } = shop();
    const first = added(30);
    broken.set(first.id, BUSY);
    await expect(apply("a", first)).rejects.toThrow(BUSY);
    await apply("b", ordered(0));
    broken.clear();
    await apply("a", first);
    expect(facts.has(first.id)).toBe(true);
    expect([...timers.keys()]).toEqual([]);
  });

  it.each([
    { why: "for now", error: BUSY },
    { why: "for good", error: IMPOSSIBLE },
  ])("hold a withdrawal that cannot be written $why: it counts already, and nobody waits", async (at) => {
    const { apply, broken, dead, customer, state, facts } = shop();
    const granted = track("Consent Changed", { userId: "u1", properties: GRANTED, at: minutesAgo(9) });
    await apply("a", granted);
    const withdrawn = track("Consent Changed", { userId: "u1", properties: WITHDRAWN });
    broken.set("withdrawn", at.error);
    await apply("a", withdrawn).catch((error: unknown) => expect(error).toBe(BUSY));
    await apply("b", ordered());

    expect((await state())?.computed.orders?.all).toEqual({ n: 1 });
    expect((await customer())?.consent.entries["email|marketing"]?.status).toBe("withdrawn");
    expect(dead.map(({ event }) => event)).toMatchObject(at.error === BUSY ? [] : [{ id: withdrawn.id }]);
    broken.clear();
    await apply("c", ordered());
    expect(facts.has(withdrawn.id)).toBe(true);
  });

  it("go to the survivor when another group merges the customers, and are carried out from there", async () => {
    const { apply, broken, dead, customer, facts } = shop();
    const visit = { anonymousId: "visitor" };
    const withdrawn = track("Consent Changed", { ...visit, properties: WITHDRAWN, at: minutesAgo(5) });
    const known = track("Consent Changed", { userId: "u1", properties: GRANTED, at: minutesAgo(9) });
    broken.set("withdrawn", BUSY);
    broken.set(known.id, BUSY);
    await expect(apply("a", withdrawn, known)).rejects.toThrow(BUSY);
    await apply("b", track("Product Viewed", { ...visit, userId: "u1", properties: {} }));

    expect((await customer())?.state.absorbed).toHaveLength(1);
    expect((await customer())?.consent.entries["email|marketing"]?.status).toBe("withdrawn");
    broken.clear();
    await apply("a", withdrawn, known);
    expect([withdrawn.id, known.id].every((id) => facts.has(id))).toBe(true);
    expect((await customer())?.state.recent).toHaveLength(3);
    expect(dead).toEqual([]);
  });

  it("make another group wait when they leave its effects no room, and lose nothing", async () => {
    const { apply, broken, state, facts, dead } = shop();
    const text = "x".repeat(BOUNDS.unsentBytes / 2 - 2_000);
    const large = ["a", "b", "c"].map((group) => ({
      group,
      event: track("Product Viewed", { userId: "u1", properties: { text } }),
    }));
    for (const { event } of large) broken.set(event.id, BUSY);
    for (const { group, event } of large) await expect(apply(group, event)).rejects.toThrow();
    await expect(apply("c", large[2]?.event ?? ordered())).rejects.toMatchObject({ code: "unavailable" });
    const unsent = (await state())?.unsent ?? {};
    expect(Object.keys(unsent)).toEqual(["a", "b"]);
    expect(Buffer.byteLength(JSON.stringify(unsent))).toBeLessThanOrEqual(BOUNDS.unsentBytes);

    broken.clear();
    for (const { group, event } of large) await apply(group, event);
    expect(large.every(({ event }) => facts.has(event.id))).toBe(true);
    expect(dead).toEqual([]);
  });
});
