import { describe, expect, it } from "vitest";
import { identify, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const READER = "reader@shop.example";
const THIEF = "thief@evil.example";
const PHONE = "+15550100999";
const device = (token: string) => ({ context: { device: { token } } });
const theirs = { anonymousId: "readers-browser" };
const thiefs = { anonymousId: "thiefs-browser" };

/** Somebody who left an address in a page, and of whom no server ever spoke. */
const subscribed = async () => {
  const one = speakingTo(playbook);
  await one.anybody(
    track("Product Viewed", theirs),
    identify({ email: READER, firstName: "Rae" }, theirs),
    identify({ phone: "+15550100200" }, theirs),
  );
  return one;
};

describe("a reader of whom only a page knows the address", () => {
  it.each(["anybody", "proven"] as const)(
    "should not become the account of whoever names that address (%s)",
    async (who) => {
      const one = await subscribed();

      await one[who](identify({ email: READER }, { userId: "thief", ...thiefs }));
      await one.company(identify({ email: THIEF }, { userId: "thief" }));

      expect(await one.reached(`email:${READER}`)).toEqual([READER]);
      expect((await one.who("userId:thief"))?.customerId).not.toBe(
        (await one.who(`email:${READER}`))?.customerId,
      );
      expect((await one.who("userId:thief"))?.traits.firstName).toBeUndefined();
    },
  );

  it.each(["before", "after"] as const)(
    "should not become one by a browser that named the address %s it was the account's",
    async (when) => {
      const one = await subscribed();
      const names = identify({ email: READER }, thiefs);
      const logsIn = identify({}, { userId: "thief", ...thiefs });

      await one.anybody(...(when === "before" ? [names, logsIn] : [logsIn, names]));
      await one.proven(identify({ email: THIEF }, { userId: "thief", ...thiefs }));

      expect(await one.reached(`email:${READER}`)).toEqual([READER]);
      expect(await one.reached(`email:${THIEF}`)).toEqual([THIEF]);
    },
  );

  it("should not be written to at a telephone or a device that another browser names", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ email: READER }, theirs));

    await one.anybody(
      identify({ email: READER, phone: PHONE }, { ...thiefs, ...device("thiefs-phone") }),
      identify({ phone: PHONE }, thiefs),
      track("Product Viewed", { ...thiefs, ...device("thiefs-phone") }),
    );

    expect((await one.who(`email:${READER}`))?.addresses).toMatchObject([{ value: READER }]);
    expect(await one.unproven(`email:${READER}`)).toContainEqual({ type: "phone", value: PHONE });
  });

  it("should not be written to at a telephone that came along with a visitor of another browser", async () => {
    const one = speakingTo(playbook);
    await one.anybody(identify({ email: READER }, theirs), identify({ phone: PHONE }, thiefs));

    await one.anybody(identify({ email: READER }, thiefs));

    expect((await one.who(`email:${READER}`))?.addresses).toMatchObject([{ value: READER }]);
  });

  it("should give further addresses in their own browser, and sign up there", async () => {
    const one = await subscribed();

    await one.anybody(identify({ email: READER }, { userId: "rae", ...theirs }));

    expect(one.living()).toBe(1);
    expect(await one.reached("userId:rae", "sms")).toEqual(["+15550100200"]);
  });

  it("should be reached when they sign up in another browser, and be one with that account once the company says so", async () => {
    const one = await subscribed();
    const elsewhere = identify({ email: READER }, { userId: "rae", anonymousId: "raes-telephone" });

    await one.anybody(elsewhere);
    expect(await one.reached("userId:rae")).toEqual([READER]);
    expect(one.living()).toBe(2);

    await one.company(identify({ email: READER }, { userId: "rae" }));
    expect(one.living()).toBe(1);
    expect((await one.who("userId:rae"))?.traits.firstName?.value).toBe("Rae");
  });
});
