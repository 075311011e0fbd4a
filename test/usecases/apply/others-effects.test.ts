import { describe, expect, it } from "vitest";
import { BOUNDS } from "#kernel/bounds.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
import { asRapportError } from "#runtime/errors.ts";
import type { ApplyDependencies } from "#usecases/apply/apply-group.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
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
  const deadLetters = {
    put: async (_: string, poison: readonly PoisonEvent[]) => {
      dead.push(...poison);
    },
  };
  const work = { ...dependencies, timers, history, deadLetters, errorOf: asRapportError };
  const apply = (group: string, ...events: readonly ReturnType<typeof track>[]) =>
    applyMessage(work, { group, events, poison: [] });
  const state = async () => (await dependencies.customers.find("userId:u1"))?.state;
  return { ...profiles, dead, broken, apply, state };
};

const added = (minute: number, more: object = {}) =>
  track("Product Added", { userId: "u1", at: minutesAgo(minute), properties: { product_id: "p1", ...more } });
const ordered = (total = 5) => track("Order Completed", { userId: "u1", properties: { total } });

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

  it("hold a consent: nobody decides before it is stored", async () => {
    const { apply, broken, state, facts } = shop();
    const properties = { channel: "email", topic: "marketing", status: "withdrawn" };
    const withdrawn = track("Consent Changed", { userId: "u1", properties });
    broken.set(withdrawn.id, BUSY);
    await expect(apply("a", withdrawn)).rejects.toThrow(BUSY);
    await expect(apply("b", ordered())).rejects.toThrow(BUSY);
    expect((await state())?.computed.orders).toBeUndefined();
    broken.clear();
    await apply("b", ordered());
    expect(facts.has(withdrawn.id)).toBe(true);
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
