import { describe, expect, it } from "vitest";
import { readMessage } from "#functions/profile/apply-events/read-message.ts";
import { RapportError } from "#kernel/errors.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
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
  return { ...profiles, dead, work: { ...profiles.dependencies, deadLetters } };
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
