import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { mergeConsent } from "#domain/profile/consent.ts";
import { fitProfile, profileBytes } from "#domain/profile/profile-size.ts";
import { setTraits } from "#domain/profile/traits.ts";
import type { CustomerState, Trait } from "#domain/records/customer.ts";
import type { Consent } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const NOW = minutesAgo(0);

const trait = (bytes: number, minutes: number, standing?: "public"): Trait => ({
  value: "x".repeat(bytes),
  at: minutesAgo(minutes),
  by: "evt",
  ...(standing === undefined ? {} : { standing }),
});
const state = (members: Partial<CustomerState>): CustomerState => ({
  ...newState("cus_1", minutesAgo(60)),
  ...members,
});
const numbered = <T>(count: number, of: (index: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, of(index)]));

describe("a profile past its bounds", () => {
  it("loses traits that public keys set before those of the company, the oldest first", () => {
    const traits = {
      company: trait(7_000, 50),
      ...numbered(7, (index) => trait(7_000, 40 - index, "public")),
    };
    const fitted = fitProfile(state({ traits }), NOW);
    expect(Object.keys(fitted.state.traits)).toEqual(["company", "n2", "n3", "n4", "n5", "n6"]);
    expect(fitted.refused).toEqual(
      ["n0", "n1"].map((name) => ({ what: `traits.${name}`, reason: "profile-too-large" })),
    );
  });

  it("counts its largest computed traits anew when nothing else is left to go, and says since when", () => {
    const computed = numbered(30, (index) => ({
      of: `of${index}`,
      all: { value: "x".repeat(1_000 + 50 * index) },
    }));
    const fitted = fitProfile(state({ computed, traits: { plan: trait(10, 1) } }), NOW);
    expect(profileBytes(fitted.state)).toBeLessThanOrEqual(BOUNDS.stateBytes);
    expect(fitted.state.computed.n29).toEqual({ of: "of29", since: NOW });
    expect(fitted.state.computed.n0).toEqual(computed.n0);
  });

  it("marks up to where it forgot the last events, so that none is applied twice", () => {
    const recent = [
      { id: "e1", type: "track" as const, name: "Seen", at: minutesAgo(3), properties: {}, depth: 0 },
    ];
    const fitted = fitProfile(state({ recent, traits: numbered(9, () => trait(7_000, 5)) }), NOW);
    expect([fitted.state.recent, fitted.state.forgotten]).toEqual([[], `${minutesAgo(3)}#e1`]);
  });

  it("is left as it is up to them", () => {
    const whole = state({ traits: numbered(5, () => trait(8_000, 5, "public")) });
    expect(fitProfile(whole, NOW)).toEqual({ state: whole, refused: [] });
  });
});

describe("traits of the company's", () => {
  const company = { at: minutesAgo(1), id: "evt_company" };
  const limits = { room: () => 10_000, logins: new Set<string>() };

  it("take the place of a public key's where there are as many as there may be", () => {
    const full = numbered(300, (index) => trait(10, 300 - index, "public"));
    const set = setTraits(full, { plan: "gold" }, company, limits);
    expect(Object.keys(set.traits)).toHaveLength(300);
    expect(set.traits.plan?.value).toBe("gold");
    expect(set.refused).toEqual([{ what: "traits.n0", reason: "too-many-traits" }]);
  });

  it("are not pushed out by a public key's", () => {
    const full = numbered(300, (index) => trait(10, 300 - index));
    const set = setTraits(full, { plan: "gold" }, { ...company, standing: "public" }, limits);
    expect(set.traits).toEqual(full);
    expect(set.refused).toEqual([{ what: "traits.plan", reason: "too-many-traits" }]);
  });

  it("leave no profile a byte past its bounds when its version takes one digit more", async () => {
    for (let room = 0; room < 900; room += 1) {
      const { dependencies, shared } = memoryProfiles(playbook);
      const empty = state({ version: 9, traits: numbered(6, () => trait(7_000, 5, "public")) });
      const filling = trait(BOUNDS.stateBytes - profileBytes(empty) - room, 1);
      shared.states.set("cus_1", { ...empty, traits: { ...empty.traits, filling } });
      const seen = track("Seen", { customerId: "cus_1", properties: {} });
      await applyGroup(dependencies, { v: 1, group: "kim", events: [seen] });
      const written = shared.states.get("cus_1") ?? empty;
      expect(written.version).toBe(10);
      expect(profileBytes(written)).toBeLessThanOrEqual(BOUNDS.stateBytes);
    }
  });

  it("find room in a profile that a public key has filled", async () => {
    const { dependencies, shared } = memoryProfiles(playbook);
    const apply = (...events: Parameters<typeof applyGroup>[1]["events"][number][]) =>
      applyGroup(dependencies, { v: 1, group: "kim", events });
    for (let index = 0; index < 8; index++) {
      const filled = { [`x${index}`]: "x".repeat(7_000) };
      await apply(identify(filled, { userId: "kim", standing: "public", at: minutesAgo(30 - index) }));
    }
    await apply(identify({ plan: "gold", note: "y".repeat(7_500) }, { userId: "kim" }));
    const [kim] = [...shared.states.values()];
    expect(kim && profileBytes(kim)).toBeLessThanOrEqual(BOUNDS.stateBytes);
    expect(kim?.traits.plan?.value).toBe("gold");
    expect(kim?.traits.note?.value).toHaveLength(7_500);
  });
});

describe("what release 0.1 let grow past today's bounds", () => {
  /** Every part of it larger than it may be. */
  const overgrown = (customerId: string): CustomerState => {
    const { vouchedAt: _, ...old } = newState(customerId, minutesAgo(600));
    return {
      ...old,
      version: 7,
      identifiers: [
        { type: "userId", value: "kim", at: minutesAgo(500) },
        ...Array.from({ length: 300 }, (_, index) => ({
          type: "anonymousId",
          value: `device ${index} ${"x".repeat(60)}`,
        })),
      ],
      contested: Array.from({ length: 100 }, (_, index) => ({
        type: "email",
        value: `c${index}@shop.example`,
      })),
      traits: {
        email: { value: "kim@shop.example", at: minutesAgo(500), by: "e" },
        ...numbered(12, (index) => ({ value: "x".repeat(30_000), at: minutesAgo(550 + index), by: "e" })),
      },
      addresses: Array.from({ length: 60 }, (_, index) => ({
        channel: "email",
        value: `kim${index}@shop.example`,
        status: "active" as const,
        at: minutesAgo(400 + index),
      })),
      computed: { orders: { of: "old", all: { value: "x".repeat(30_000) } } },
      absorbed: Array.from({ length: 400 }, (_, index) => `cus_${String(index).padStart(26, "0")}`),
    };
  };

  it("is read, brought down by the next event, and goes on", async () => {
    const { dependencies, shared, facts } = memoryProfiles(playbook);
    shared.states.set("cus_old", overgrown("cus_old"));
    shared.pointers.set("userId|kim", "cus_old");
    const seen = track("Product Viewed", { customerId: "cus_old", properties: { product_id: "p1" } });
    await applyGroup(dependencies, { v: 1, group: "kim", events: [seen] });
    const kim = shared.states.get("cus_old");
    expect(kim?.version).toBe(8);
    expect(kim && profileBytes(kim)).toBeLessThanOrEqual(BOUNDS.stateBytes);
    expect(kim?.traits.email?.value).toBe("kim@shop.example");
    expect(kim?.identifiers[0]).toMatchObject({ type: "userId", value: "kim" });
    expect(facts.get(seen.id)?.body.refused).toContainEqual({
      what: "traits.n11",
      reason: "profile-too-large",
    });
  });

  it("takes a withdrawal whatever its consent has become", () => {
    const entry = (topic: string): Consent => ({
      channel: "email",
      topic,
      status: "granted",
      kind: "express",
      source: "form",
      at: minutesAgo(100),
      text: "x".repeat(30_000),
    });
    const old = {
      version: 3,
      entries: Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`email|t${n}`, entry(`t${n}`)])),
    };
    const withdrawn: Consent = { ...entry("marketing"), status: "withdrawn", at: NOW };
    const { entries } = mergeConsent(old, [withdrawn]);
    expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThanOrEqual(BOUNDS.consentBytes);
    expect(entries["email|marketing"]?.status).toBe("withdrawn");
  });
});
