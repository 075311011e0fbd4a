import { describe, expect, it } from "vitest";
import { pushDevice, render } from "#channels/push/render.ts";
import { rendererOf } from "../../support/sending/render.ts";

const APPLE = "a1".repeat(32);
const push = rendererOf("push", render, { addresses: [APPLE, "fcm:APA91b"] });

describe("a push message", () => {
  it("goes to every device, with rendered data", () => {
    expect(
      push(
        {
          title: "Hi {{ customer.name }}",
          body: "Your cart",
          url: "app://cart",
          data: { sku: "{{ data.sku }}", n: 1 },
        },
        { customer: { name: "Ada" }, data: { sku: "T-1" } },
      ),
    ).toEqual({
      devices: [
        { address: APPLE, platform: "APNS", token: APPLE },
        { address: "fcm:APA91b", platform: "GCM", token: "APA91b" },
      ],
      title: "Hi Ada",
      body: "Your cart",
      url: "app://cart",
      data: { sku: "T-1", n: "1" },
    });
  });

  it("is refused without words and when it is too large", () => {
    expect(() => push({ title: "x" })).toThrow(/body: is empty/);
    expect(() => push({ title: "x", body: "y".repeat(4_000) })).toThrow(/at most 4000/);
    expect(() => push({ title: "x", body: "y", data: [] })).toThrow(/data/);
  });

  it("tells the service by the form of the token, or by its name", () => {
    expect(pushDevice("apns_sandbox:ab").platform).toBe("APNS_SANDBOX");
    expect(pushDevice("cX1:APA91bHun4")).toMatchObject({ platform: "GCM", token: "cX1:APA91bHun4" });
    expect(pushDevice("unknown:token")).toMatchObject({ platform: "GCM", token: "unknown:token" });
  });
});
