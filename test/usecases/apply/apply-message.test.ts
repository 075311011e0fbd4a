import { describe, expect, it } from "vitest";
import { readMessage, readMessages } from "#functions/profile/apply-events/read-message.ts";
import { RapportError } from "#kernel/errors.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
import { asRapportError } from "#runtime/errors.ts";
import { applyMessage } from "#usecases/apply/apply-message.ts";
import { event, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();

const worker = () => {
  const profiles = memoryProfiles(playbook);
  const dead: PoisonEvent[] = [];
  const deadLetters = {
    put: async (_group: string, poison: readonly PoisonEvent[]) => {
      dead.push(...poison);
    },
  };
  return { ...profiles, dead, work: { ...profiles.dependencies, deadLetters, errorOf: asRapportError } };
};

describe("a message of the inbox", () => {
  it("should keep what is no event apart, with the reason, and apply the others", async () => {
    const { work, dead } = worker();
    const good = [track("Signed Up", { userId: "u1" }), track("Product Viewed", { userId: "u1" })];
    const noTime = { ...track("Signed Up", { userId: "u1" }), at: "yesterday" };

    await applyMessage(work, readMessage({ v: 1, group: "g", events: [good[0], noTime, 42, null, good[1]] }));

    expect(dead.map(({ event: one }) => one)).toEqual([noTime, 42, null]);
    expect(dead.every(({ reason }) => reason.code === "poison_event")).toBe(true);
    expect((await work.customers.find("userId:u1"))?.state.recent).toHaveLength(2);
  });

  it("should be applied together with those behind it by one read and one write", async () => {
    const { work, dead } = worker();
    const saves: number[] = [];
    const customers: CustomerStore = {
      ...work.customers,
      save: (write) => {
        saves.push(write.customers.length);
        return work.customers.save(write);
      },
    };
    const messages = ["Signed Up", "Product Viewed", "Order Placed"].map((name) => ({
      v: 1,
      group: "g",
      events: [track(name, { userId: "u1" }), ...(name === "Signed Up" ? [42] : [])],
    }));

    await applyMessage({ ...work, customers }, readMessages(messages));

    expect(saves).toEqual([1]);
    expect(dead.map(({ event: one }) => one)).toEqual([42]);
    const found = await work.customers.find("userId:u1");
    expect(found?.state.recent.map(({ name }) => name).toSorted()).toEqual([
      "Order Placed",
      "Product Viewed",
      "Signed Up",
    ]);
  });

  it("should keep an event about nobody apart", async () => {
    const { work, dead } = worker();
    const lost = event({ type: "outcome", name: "message.opened", customerId: "cus_nobody" });

    await applyMessage(
      work,
      readMessage({ v: 1, group: "g", events: [lost, track("Signed Up", { userId: "u1" })] }),
    );

    expect(dead.map(({ event: one }) => one)).toEqual([lost]);
    expect(await work.customers.find("userId:u1")).not.toBeNull();
  });

  it("should refuse a message that is none, for good", () => {
    expect(() => readMessage({ v: 2, events: [] })).toThrow(
      expect.objectContaining({ code: "invalid_request", transient: false }),
    );
  });

  it.each([
    ["at once, when the table refuses what it would write", "ValidationException", false, "impossible"],
    ["at the last try, when nobody foresaw why it fails", "TypeError", true, "internal"],
  ])("should keep an event alone that cannot be applied, %s", async (_, name, isLastTry, code) => {
    const { work, dead } = worker();
    const names = ["Signed Up", "Product Viewed", "Too Much", "Product Added", "Order Completed"];
    const events = names.map((one) => track(one, { userId: "u1" }));
    const customers: CustomerStore = {
      ...work.customers,
      save: (write) =>
        write.customers.some(({ recent }) => recent.some((one) => one.name === "Too Much"))
          ? Promise.reject(Object.assign(new Error("refused"), { name }))
          : work.customers.save(write),
    };
    const message = { group: "g", events, poison: [], isLastTry };

    await applyMessage({ ...work, customers }, message);

    expect(dead).toMatchObject([{ event: { id: events[2]?.id }, reason: { code } }]);
    const { recent } = (await work.customers.find("userId:u1"))?.state ?? {};
    expect(recent?.map((one) => one.name).toSorted()).toEqual(
      names.filter((one) => one !== "Too Much").toSorted(),
    );
  });

  it("should hand what nobody foresaw back to the queue while it may be tried again", async () => {
    const { work, dead } = worker();
    const customers = { ...work.customers, save: () => Promise.reject(new TypeError("x is not a function")) };
    const events = [track("Signed Up", { userId: "u1" })];
    const applied = applyMessage({ ...work, customers }, { group: "g", events, poison: [] });
    await expect(applied).rejects.toThrow(TypeError);
    expect(dead).toEqual([]);
  });

  it("should hand a service that does not answer back to the queue", async () => {
    const { work, dead } = worker();
    const failing = {
      ...work,
      bus: { publish: () => Promise.reject(new RapportError("unavailable", "no answer")) },
    };

    const applied = applyMessage(failing, {
      group: "g",
      events: [track("Signed Up", { userId: "u1" })],
      poison: [],
    });

    await expect(applied).rejects.toMatchObject({ code: "unavailable" });
    expect(dead).toEqual([]);
  });
});
