import { describe, expect, it } from "vitest";
import type { CollectedEvent } from "#domain/records/event.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { identify, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const GUEST = "guest@shop.example";
const KIM = "kim@shop.example";
const THIEF = "thief@evil.example";
const device = (token: string) => ({ context: { device: { token } } });

/** A guest and a customer of whom the company spoke, and somebody who has their own browser linked to both. */
const linked = async () => {
  const one = speakingTo(playbook);
  await one.company(
    identify({ email: GUEST }, { anonymousId: "till" }),
    identify({ email: KIM }, { userId: "kim", anonymousId: "kims-browser" }),
  );
  await one.anybody(
    identify({ email: GUEST }, { anonymousId: "thiefs-browser" }),
    identify({}, { userId: "kim", anonymousId: "thiefs-second-browser" }),
    identify({}, { userId: "kim", ...device("thiefs-phone") }),
  );
  return one;
};

describe("a server that passes on the browser's own id when somebody logs in", () => {
  it.each<[string, CollectedEvent]>([
    ["with an address", identify({ email: THIEF }, { userId: "thief", anonymousId: "thiefs-browser" })],
    ["without one", identify({}, { userId: "thief", anonymousId: "thiefs-browser" })],
    ["by an order", track("Order Completed", { userId: "thief", anonymousId: "thiefs-browser" })],
  ])("should not be led to join a guest to whom anybody linked that browser: %s", async (_, login) => {
    const one = await linked();

    await one.company(login);

    expect((await one.who("userId:thief"))?.customerId).not.toBe(
      (await one.who(`email:${GUEST}`))?.customerId,
    );
    expect(await one.reached("anonymousId:till")).toEqual([GUEST]);
    expect((await one.who("userId:thief"))?.contested).toEqual([
      { type: "anonymousId", value: "thiefs-browser" },
    ]);
  });

  it.each<[string, Partial<CollectedEvent>]>([
    ["a browser", { anonymousId: "thiefs-second-browser" }],
    ["a device", device("thiefs-phone")],
  ])("should not give a guest's address to a customer with whom anybody named %s", async (_, members) => {
    const one = await linked();

    await one.company(identify({ email: THIEF }, members));

    expect(await one.reached("userId:kim")).toEqual([KIM]);
    expect(await one.reached(`email:${THIEF}`)).toEqual([THIEF]);
  });

  it("should not be led by the same in one message", async () => {
    const one = await linked();
    const events = [
      identify({ email: THIEF }, { anonymousId: "thiefs-second-browser" }),
      identify({}, { userId: "thief", anonymousId: "thiefs-browser" }),
    ].map((said) => ({ ...said, standing: "trusted" as const }));

    await applyGroup(one.dependencies, { v: 1, group: "thief", events });

    expect(await one.reached("userId:kim")).toEqual([KIM]);
    expect(await one.reached("anonymousId:till")).toEqual([GUEST]);
  });

  it("should not vouch for a browser by passing on what it did", async () => {
    const one = await linked();
    await one.company(track("Product Viewed", { anonymousId: "thiefs-browser" }));

    await one.company(identify({ email: THIEF }, { userId: "thief", anonymousId: "thiefs-browser" }));

    expect(await one.reached("anonymousId:till")).toEqual([GUEST]);
  });
});

describe("a browser that its owner logs in with", () => {
  it("should bring along what a visitor did, by the page's word and by the server's", async () => {
    const one = speakingTo(playbook);
    await one.anybody(
      track("Product Viewed", { anonymousId: "a1" }),
      track("Product Viewed", { anonymousId: "a2" }),
    );

    await one.anybody(identify({}, { userId: "kim", anonymousId: "a1" }));
    await one.company(identify({ email: KIM }, { userId: "kim", anonymousId: "a2" }));

    expect(one.living()).toBe(1);
    expect(await one.reached("anonymousId:a1")).toEqual([KIM]);
  });

  it("should bring along whom the page made known by an address there", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ email: KIM }, { anonymousId: "a1" }));

    await one.company(identify({}, { userId: "kim", anonymousId: "a1" }));

    expect(one.living()).toBe(1);
    expect(await one.reached("userId:kim")).toEqual([KIM]);
  });

  it("should bring along the guest of whom the company spoke in that browser", async () => {
    const one = speakingTo(playbook);
    await one.anybody(track("Product Viewed", { anonymousId: "till" }));
    await one.company(identify({ email: GUEST }, { anonymousId: "till" }));

    await one.company(identify({}, { userId: "gary", anonymousId: "till" }));

    expect(one.living()).toBe(1);
    expect(await one.reached("userId:gary")).toEqual([GUEST]);
  });

  it("should do so in one message too", async () => {
    const one = speakingTo(playbook);
    await one.anybody(track("Product Viewed", { anonymousId: "till" }));
    const events = [
      identify({ email: GUEST }, { anonymousId: "till" }),
      identify({}, { userId: "gary", anonymousId: "till" }),
    ].map((said) => ({ ...said, standing: "trusted" as const }));

    await applyGroup(one.dependencies, { v: 1, group: "gary", events });

    expect(one.living()).toBe(1);
  });

  it("should go on leading what the server says of it alone to whom the page named", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({}, { userId: "kim", anonymousId: "a1" }));

    await one.company(track("Order Completed", { anonymousId: "a1" }));

    expect(one.living()).toBe(1);
  });
});
