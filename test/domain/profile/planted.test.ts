import { describe, expect, it } from "vitest";
import { identify, minutesAgo, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const KIM = "kim@shop.example";
const PHONE = "+15550100999";
const device = (token: string) => ({ context: { device: { token } } });
const say = { "the company": "company", "the customer with a proof": "proven" } as const;

describe("what a public key said of a user id before anybody signed up", () => {
  it.each(Object.keys(say) as (keyof typeof say)[])(
    "should count for nothing on any channel, once %s gives an address",
    async (who) => {
      const one = speakingTo(playbook);
      await one.anybody(
        identify({ phone: PHONE }, { userId: "kim", anonymousId: "thief", ...device("thiefs-phone") }),
      );

      await one[say[who]](identify({ email: KIM }, { userId: "kim", anonymousId: "a1" }));

      expect((await one.who("userId:kim"))?.addresses).toMatchObject([{ channel: "email", value: KIM }]);
      expect(await one.unproven("userId:kim")).toEqual([
        { type: "deviceToken", value: "thiefs-phone" },
        { type: "phone", value: PHONE },
      ]);
    },
  );

  it("should count for nothing either when it comes late, after the company's word", async () => {
    const one = speakingTo(playbook);
    const planted = { ...identify({ phone: PHONE }, { userId: "kim" }), receivedAt: minutesAgo(900) };
    await one.company(identify({ email: KIM }, { userId: "kim" }));

    await one.late("public", planted);

    expect(await one.reached("userId:kim", "sms")).toEqual([]);
    expect(await one.unproven("userId:kim")).toEqual([{ type: "phone", value: PHONE }]);
  });

  it("should count where the company's word, or a proof, carries it too", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ phone: PHONE }, { userId: "kim", ...device("t1") }));

    await one.company(identify({ email: KIM, phone: PHONE }, { userId: "kim" }));
    await one.proven(track("Product Viewed", { userId: "kim", ...device("t1") }));

    expect(await one.reached("userId:kim", "sms")).toEqual([PHONE]);
    expect(await one.reached("userId:kim", "push")).toEqual(["t1"]);
  });

  it("should go on counting while the company says nothing of how to reach them", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ email: KIM }, { userId: "kim" }));

    await one.company(
      track("Order Completed", { userId: "kim" }),
      track("Product Viewed", { userId: "kim", ...device("t1") }),
    );

    expect(await one.reached("userId:kim")).toEqual([KIM]);
    expect(await one.reached("userId:kim", "push")).toEqual(["t1"]);
  });
});

describe("the device of a visitor who signs up", () => {
  const visits = () => track("Product Viewed", { anonymousId: "a1", ...device("kims-phone") });
  const signsUp = () => identify({ email: KIM }, { userId: "kim", anonymousId: "a1" });

  it("should be reached where the company names their app", async () => {
    const one = speakingTo(playbook);

    await one.anybody(visits(), identify({}, { userId: "kim", anonymousId: "a1" }));
    await one.company(signsUp());

    expect(await one.reached("userId:kim", "push")).toEqual(["kims-phone"]);
    expect(await one.unproven("userId:kim")).toEqual([]);
  });

  it("should be reached in any order in which their app and the company are heard", async () => {
    const one = speakingTo(playbook);
    await one.company(signsUp());

    await one.late("public", { ...visits(), receivedAt: minutesAgo(900) });

    expect(await one.reached("userId:kim", "push")).toEqual(["kims-phone"]);
  });

  it("should stay theirs, however many browsers anybody names together with them", async () => {
    const one = speakingTo(playbook);
    await one.anybody(visits());
    await one.company(signsUp());

    for (let n = 0; n < 30; n += 1)
      await one.anybody(identify({}, { userId: "kim", anonymousId: `${n}-${"x".repeat(500)}` }));

    expect(await one.reached("userId:kim", "push")).toEqual(["kims-phone"]);
  });

  it("should not be the one that somebody else names in their own app", async () => {
    const one = speakingTo(playbook);
    await one.anybody(
      identify({}, { userId: "kim", anonymousId: "thief", ...device("thiefs-phone") }),
      visits(),
    );

    await one.company(signsUp());

    expect(await one.reached("userId:kim", "push")).toEqual([]);
  });

  it("should not bring a telephone number along that was typed there", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ phone: PHONE }, { anonymousId: "a1" }));

    await one.company(signsUp());

    expect(await one.reached("userId:kim", "sms")).toEqual([]);
  });
});
