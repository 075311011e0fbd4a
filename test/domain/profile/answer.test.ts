import { describe, expect, it } from "vitest";
import { profileAnswer } from "#domain/profile/answer.ts";
import { maskForRendering, maskRecord } from "#domain/profile/masking.ts";
import { event, identify, NOW, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const KIM = "kim@shop.example";
const TOKEN = "device-of-kim-which-looks-like-nothing";

const kim = async () => {
  const one = speakingTo(playbook);
  await one.company(
    identify({ plan: "pro", age: 30, email: KIM, firstName: "Kim" }, { userId: "kim" }),
    track("Product Viewed", { userId: "kim", context: { device: { token: TOKEN } } }),
  );
  return (await one.dependencies.customers.find("userId:kim")) ?? expect.fail("nobody is kim");
};

describe("a profile as it is answered", () => {
  it("says the same facts in the same order, whatever order they came in", async () => {
    const { traits, computed, identifiers } = profileAnswer(await kim(), playbook, NOW);
    for (const names of [Object.keys(traits), Object.keys(computed)]) {
      expect(names.length).toBeGreaterThan(1);
      expect(names).toEqual(names.toSorted());
    }
    expect(identifiers.map(({ type }) => type)).toEqual(["deviceToken", "email", "userId"]);
  });
});

describe("a customer as people see them who do not see addresses", () => {
  it("has the device's token masked wherever it is said, and no name by which nobody is reached", async () => {
    const record = await kim();
    const named = { ...record, state: { ...record.state, addresses: [] } };
    const said = JSON.stringify(maskRecord(named, playbook));
    expect([said.includes(TOKEN), said.includes(KIM)]).toEqual([false, false]);
    expect(maskRecord(named, playbook).state.identifiers).toContainEqual(
      expect.objectContaining({ type: "userId", value: "kim" }),
    );
    expect(maskForRendering(record, playbook).state.addresses).toEqual([]);
  });
});

describe("a mailbox that leads to somebody else", () => {
  const shared = async (who: "anybody" | "company") => {
    const one = speakingTo(playbook);
    await one.company(identify({ email: KIM }, { userId: "kim" }));
    await one[who](identify({ email: KIM }, { userId: "sam" }));
    return one.reached("userId:sam");
  };

  it("reaches both where the company says so, and only its owner where a public key does", async () => {
    expect(await shared("company")).toEqual([KIM]);
    expect(await shared("anybody")).toEqual([]);
  });
});

describe("a customer who waits for an answer", () => {
  const received = () =>
    event({
      type: "track",
      name: "message.received",
      userId: "kim",
      properties: { channel: "sms", text: "Hello?" },
    });

  it("is held by contact policy from what they wrote on, and not by what is only history", async () => {
    const one = speakingTo(playbook);
    await one.company(identify({ email: KIM }, { userId: "kim" }), received());
    expect(await one.who("userId:kim")).toMatchObject({ holding: ["marketing"] });

    await one.company({ ...track("Signed Up", { userId: "kim" }), imported: true });
    expect(await one.who("userId:kim")).toMatchObject({ holding: ["marketing"] });
  });
});
