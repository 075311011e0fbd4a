import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectedEvent } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { maybe, type SaidByAnybody, saidByAnybody } from "../../support/customers/anybody.ts";
import { minutesAgo } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

const attack = (one: SaidByAnybody, index: number): CollectedEvent => {
  const traits = {
    ...(one.email === undefined ? {} : { email: one.email }),
    ...(one.phone === undefined ? {} : { phone: one.phone }),
  };
  return {
    id: hashId("evt", "attack", String(index)),
    type: one.type,
    name: one.type,
    ...(one.userId === undefined ? {} : { userId: one.userId }),
    anonymousId: one.anonymousId,
    ...(one.type === "alias" ? { previousId: one.previousId } : {}),
    ...(one.inContext ? {} : { traits }),
    context: {
      ...(one.inContext ? { traits } : {}),
      ...(one.token === undefined ? {} : { device: { token: one.token } }),
    },
    at: minutesAgo(one.minute),
    receivedAt: "",
    source: "page",
    imported: false,
    depth: 0,
    standing: "public",
  };
};

/**
 * What the shop says of two customers: where they are reached. Each may come at any moment, more than once. A browser makes
 * its id up: until it has said it, nobody knows it.
 */
const HONEST = {
  kim: {
    traits: { email: "kim@shop.example", phone: "+15550100200" },
    token: "kims-phone",
    browser: "kims-browser",
  },
  lee: { traits: { email: "lee@shop.example" }, token: undefined, browser: "7f0c2a-of-lee" },
};
const identified = (userId: keyof typeof HONEST, index: number): CollectedEvent => {
  const { traits, token, browser } = HONEST[userId];
  return {
    id: hashId("evt", "honest", userId, String(index)),
    type: "identify",
    name: "identify",
    userId,
    anonymousId: browser,
    traits,
    ...(token === undefined ? {} : { context: { device: { token } } }),
    at: minutesAgo(20),
    receivedAt: "",
    source: "shop",
    imported: false,
    depth: 0,
    standing: "trusted",
  };
};

/** Events one after the other as they reach us, in messages of up to four. */
const apply = async (events: readonly CollectedEvent[], sizes: readonly number[]) => {
  const profiles = memoryProfiles(playbook);
  const arrived = events.map((one, index) => ({ ...one, receivedAt: minutesAgo(5_000 - index) }));
  for (let start = 0, message = 0; start < arrived.length; message += 1) {
    const size = sizes[message % sizes.length] ?? 1;
    await applyGroup(profiles.dependencies, {
      v: 1,
      group: `g${message % 3}`,
      events: arrived.slice(start, start + size),
    });
    start += size;
  }
  return profiles;
};

describe("somebody with only the write key", () => {
  it("should not change where customers are reached whom the shop spoke of, whatever they say, before and after", async () => {
    const story = fc
      .tuple(
        fc.array(saidByAnybody, { maxLength: 14 }),
        fc.array(saidByAnybody, { maxLength: 14 }),
        fc.array(fc.constantFrom("kim" as const, "lee" as const), { maxLength: 4 }),
      )
      .chain(([before, after, again]) => {
        const attacks = [...before, ...after].map(attack);
        const honest = [identified("kim", 0), identified("lee", 0)];
        const rest = [
          ...attacks.slice(before.length),
          ...again.map((who, index) => identified(who, index + 1)),
        ];
        return fc.tuple(
          fc
            .shuffledSubarray(rest, { minLength: rest.length })
            .map((shuffled) => [...attacks.slice(0, before.length), ...honest, ...shuffled]),
          fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        );
      });

    await fc.assert(
      fc.asyncProperty(story, async ([events, sizes]) => {
        const { dependencies } = await apply(events, sizes);
        const reached = async (ref: string, channel: string) => {
          const record = await dependencies.customers.find(ref);
          return (record?.state.addresses ?? [])
            .filter((one) => one.channel === channel)
            .map((one) => one.value);
        };
        expect(await reached("userId:kim", "email")).toEqual(["kim@shop.example"]);
        expect(await reached("userId:lee", "email")).toEqual(["lee@shop.example"]);
        expect(await reached("userId:kim", "sms")).toEqual(["+15550100200"]);
        expect(await reached("userId:kim", "push")).toEqual(["kims-phone"]);
        expect(await reached("userId:lee", "sms")).toEqual([]);
        expect(await reached("userId:lee", "push")).toEqual([]);
        for (const who of ["kim", "lee"]) {
          const byUser = await dependencies.customers.find(`userId:${who}`);
          const byMail = await dependencies.customers.find(`email:${who}@shop.example`);
          expect(byMail?.state.customerId).toBe(byUser?.state.customerId);
          expect(byUser?.state.traits.email?.value).toBe(`${who}@shop.example`);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Where a customer is reached, said by anybody and by those who may, each at its own moment by our clock. */
const word = fc.record({
  standing: fc.constantFrom("public" as const, "public" as const, "proven" as const, "trusted" as const),
  email: maybe(["kim@shop.example", "new@shop.example"]),
  minute: fc.integer({ min: 0, max: 20 }),
});

describe("the same words about one customer", () => {
  it("should end in the same addresses in any order of arrival, by when they reached us", async () => {
    const words = fc.array(word, { minLength: 1, maxLength: 8 }).chain((list) => {
      const events = list.map(({ standing, email, minute }, index): CollectedEvent => {
        // Which of two addresses that only a public key gave was the first is what does not commute: here there is one.
        const given = standing === "public" && email !== undefined ? "kim@elsewhere.example" : email;
        return {
          id: hashId("evt", "word", String(index)),
          type: "identify",
          name: "identify",
          userId: "kim",
          traits: given === undefined ? {} : { email: given },
          at: minutesAgo(100 + minute),
          receivedAt: minutesAgo(90 - index),
          source: "test",
          imported: false,
          depth: 0,
          standing,
        };
      });
      const anyOrder = fc.shuffledSubarray(events, { minLength: events.length });
      return fc.tuple(anyOrder, anyOrder);
    });
    const endOf = async (events: readonly CollectedEvent[]) => {
      const { dependencies } = memoryProfiles(playbook);
      for (const one of events) await applyGroup(dependencies, { v: 1, group: "kim", events: [one] });
      const { addresses, unproven, vouchedAt } =
        (await dependencies.customers.find("userId:kim"))?.state ?? {};
      return { addresses, unproven, vouchedAt };
    };

    await fc.assert(
      fc.asyncProperty(words, async ([one, other]) => {
        expect(await endOf(other)).toEqual(await endOf(one));
      }),
      { numRuns: 300 },
    );
  });
});
