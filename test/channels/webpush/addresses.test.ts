import { describe, expect, it } from "vitest";
import { addresses } from "#channels/webpush/addresses.ts";
import { EXAMPLE } from "#channels/webpush/message.ts";

const [{ endpoint, p256dh, auth, address } = { endpoint: "", p256dh: "", auth: "", address: "" }] =
  EXAMPLE.browsers;
const normalize = (text: string) => addresses.spelling?.normalize(text, undefined);

describe("a browser's subscription", () => {
  it("is one address, however the browser writes it", () => {
    const told = { endpoint, expirationTime: null, keys: { p256dh: `${p256dh}=`, auth: `${auth}==` } };
    expect(normalize(JSON.stringify(told))).toBe(address);
    expect(normalize(address)).toBe(address);
    expect(normalize(addresses.example)).toBe(addresses.example);
  });

  it.each([
    ["no JSON", "{"],
    ["no keys", JSON.stringify({ endpoint })],
    ["no TLS", address.replace("https", "http")],
    ["a key that is too short", `${endpoint}#${p256dh.slice(0, 80)}.${auth}`],
    ["a compressed key", `${endpoint}#${p256dh.replace(/^B/, "C")}.${auth}`],
    ["a secret that is too long", `${endpoint}#${p256dh}.${auth}AAAA`],
    ["a login", address.replace("://", "://a:b@")],
    ["nothing", ""],
  ])("is none with %s", (_what, text) => {
    expect(normalize(text)).toBeNull();
  });
});
