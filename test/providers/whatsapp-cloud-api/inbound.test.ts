import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inbound } from "#providers/whatsapp-cloud-api/inbound.ts";

const SECRETS = { appSecret: "app-secret", verifyToken: "verify-me" };
const BODY = '{"object":"whatsapp_business_account","entry":[]}';
const sign = (body: string, secret = SECRETS.appSecret) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
const isGenuine = (signature: string | undefined, body = BODY) =>
  inbound.webhook?.isGenuine(
    {
      url: "https://hub.example/v1/in/whatsapp-cloud-api/default",
      headers: signature === undefined ? {} : { "x-hub-signature-256": signature },
      body: Buffer.from(body),
    },
    SECRETS,
    0,
  );
const greet = (query: Record<string, string>) => inbound.webhook?.greeting?.(query, SECRETS);

describe("a call of Meta's", () => {
  it("is genuine over its very bytes, with the app's secret", () => {
    expect(isGenuine(sign(BODY))).toBe(true);
    expect(isGenuine(sign(BODY, "another"))).toBe(false);
    expect(isGenuine(sign(BODY), BODY.replace("[]", "[ ]"))).toBe(false);
    expect(isGenuine(sign(BODY).slice(0, -1))).toBe(false);
    expect(isGenuine("")).toBe(false);
    expect(isGenuine(undefined)).toBe(false);
  });

  it("that asks whose the address is gets its challenge back with the right token alone", () => {
    const asked = { "hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "1158201444" };
    expect(greet(asked)).toBe("1158201444");
    expect(greet({ ...asked, "hub.verify_token": "guessed" })).toBeNull();
    expect(greet({ ...asked, "hub.mode": "unsubscribe" })).toBeNull();
    expect(greet({ ...asked, "hub.challenge": "<script>" })).toBeNull();
    expect(greet({})).toBeNull();
  });

  it("about something else of Meta's is not read", () => {
    expect(inbound.read({ object: "page", entry: [] }, "default", 0)).toBeUndefined();
    expect(inbound.read(null, "default", 0)).toBeUndefined();
  });
});
