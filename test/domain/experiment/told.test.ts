import { describe, expect, it } from "vitest";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { identify, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const EXPERIMENTS = `
home page: { variants: { a: {}, b: {} }, goals: { Order Completed: 1 } }
mails: { variants: { a: {}, b: {} }, goals: { Product Viewed: 1 } }
`;

const shop = async (files: Readonly<Record<string, string>>) => {
  const profiles = memoryProfiles(await testPlaybook(files));
  return {
    apply: async (...events: readonly CollectedEvent[]) => {
      for (const event of events) {
        await applyGroup(profiles.dependencies, { v: 1, group: event.userId ?? "none", events: [event] });
      }
    },
    find: async (ref: string): Promise<CustomerRecord["state"]> => {
      const record = await profiles.dependencies.customers.find(ref);
      if (record === null) throw new Error(`nobody is behind ${ref}`);
      return record.state;
    },
    told: () =>
      profiles.published
        .filter(({ name }) => name === ExperimentRecorded.name)
        .map(({ detail }) => ExperimentRecorded.schema.parse(detail)),
  };
};

const visited = track("Page Seen", { anonymousId: "a1" });
const knownBefore = track("Page Seen", { userId: "u1" });
const loggedIn = identify({}, { userId: "u1", anonymousId: "a1" });

describe("experiments are told", () => {
  it("that customers turned out to be one person, and of goals who else the person was", async () => {
    const { apply, find, told } = await shop({ "experiments.yaml": EXPERIMENTS });
    await apply(knownBefore, visited);
    const visitor = (await find("anonymousId:a1")).customerId;
    expect(told()).toEqual([]);
    await apply(loggedIn, track("Order Completed", { userId: "u1" }));
    const { customerId } = await find("userId:u1");
    const person = { customerId, absorbed: [visitor] };
    expect(told()).toMatchObject([
      { ...person, fact: "merged", experiments: ["home page", "mails"] },
      { ...person, fact: "Order Completed", experiments: ["home page"] },
    ]);
  });

  it("nothing of a person who was never anybody else, nor where there are none", async () => {
    const { apply, told } = await shop({ "experiments.yaml": EXPERIMENTS });
    await apply(visited, loggedIn, track("Order Completed", { userId: "u1" }));
    expect(told().map(({ fact, absorbed }) => [fact, absorbed])).toEqual([["Order Completed", undefined]]);
    const without = await shop({});
    await without.apply(knownBefore, visited, loggedIn);
    expect(without.told()).toEqual([]);
  });
});
