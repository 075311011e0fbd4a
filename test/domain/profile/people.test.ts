import { describe, expect, it } from "vitest";
import { isVisitor } from "#domain/identity/visitor.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { event, identify, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const KIM = "kim@shop.example";

const hub = async () => {
  const { anybody, company, shared, who: found } = speakingTo(playbook);
  const who = async (ref: string) => {
    const state = await found(ref);
    if (state === undefined) throw new Error(`nobody is ${ref}`);
    return state;
  };
  /** Has become one with as many others as may be. */
  const fill = async (ref: string) => {
    const state = await who(ref);
    const absorbed = Array.from({ length: BOUNDS.absorbed }, (_, index) => `cus_${index}`);
    shared.states.set(state.customerId, { ...state, absorbed });
  };
  await anybody(
    track("Product Viewed", { anonymousId: "b1", context: { device: { token: "t1" } } }),
    track("Product Viewed", { anonymousId: "b2", context: { device: { token: "t1" } } }),
  );
  return { anybody, company, who, fill, visits: async (ref: string) => isVisitor(await who(ref)) };
};
type Hub = Awaited<ReturnType<typeof hub>>;

const tellsOfKim: Record<string, (hub: Hub) => Promise<unknown>> = {
  "an address, by a visitor too large to become anybody": async ({ fill, anybody }) => {
    await fill("anonymousId:b1");
    await anybody(identify({ email: KIM }, { anonymousId: "b1" }));
  },
  "a user id, by a visitor too large to become anybody": async ({ fill, anybody }) => {
    await fill("anonymousId:b1");
    await anybody(identify({}, { userId: "kim", anonymousId: "b1" }));
  },
  "an address that the company never said of a visitor whom it has spoken of": async ({
    company,
    anybody,
  }) => {
    await company(track("Product Viewed", { anonymousId: "b1" }));
    await anybody(identify({ email: KIM }, { anonymousId: "b1" }));
  },
  "a user id that an alias asks about": ({ anybody }) =>
    anybody(event({ type: "alias", anonymousId: "b1", previousId: "kim" })),
};

describe("a visitor who was named together with somebody", () => {
  it("is one as long as nobody else is named", async () => {
    const { visits, who } = await hub();
    expect(await visits("anonymousId:b1")).toBe(true);
    expect((await who("anonymousId:b2")).customerId).toBe((await who("anonymousId:b1")).customerId);
  });

  it.each(Object.keys(tellsOfKim))("is none any more, whether that is a customer or not: %s", async (how) => {
    const [asCustomer, asNobody] = [await hub(), await hub()];
    await asCustomer.company(identify({ email: KIM }, { userId: "kim" }));
    for (const world of [asCustomer, asNobody]) {
      await tellsOfKim[how]?.(world);
      await world.anybody(track("Product Viewed", { anonymousId: "b2" }));
      expect([await world.visits("anonymousId:b1"), await world.visits("anonymousId:b2")]).toEqual([
        false,
        false,
      ]);
    }
  });

  it("is none any more where the customer is too large for another", async () => {
    const { company, anybody, fill, visits } = await hub();
    await company(identify({ email: KIM }, { userId: "kim" }));
    await fill(`email:${KIM}`);
    await anybody(identify({ email: KIM }, { anonymousId: "b1" }));
    expect(await visits("anonymousId:b1")).toBe(false);
  });

  it("makes none of the visitors that it becomes one with", async () => {
    const { company, anybody, fill, visits } = await hub();
    await company(identify({ email: KIM }, { userId: "kim" }));
    await fill(`email:${KIM}`);
    await anybody(track("Product Viewed", { anonymousId: "b3", context: { device: { token: "t3" } } }));
    await anybody(identify({ email: KIM }, { anonymousId: "b1" }));
    await anybody(event({ type: "alias", anonymousId: "b3", previousId: "b1" }));
    expect(await visits("anonymousId:b3")).toBe(false);
  });
});
