import { describe, expect, it } from "vitest";
import { addresses } from "#channels/webpush/addresses.ts";
import { EXAMPLE } from "#channels/webpush/message.ts";
import { normalizeIdentifier } from "#domain/identity/identifiers.ts";
import type { IdentifierType } from "#domain/playbook/model/data-model.ts";

const [{ endpoint, p256dh, auth, address } = { endpoint: "", p256dh: "", auth: "", address: "" }] =
  EXAMPLE.browsers;
const normalize = (text: string) => addresses.spelling?.normalize(text, undefined);

const TYPE: IdentifierType = {
  type: "webpush",
  priority: 4,
  limit: 10,
  unique: false,
  normalize: "webpush",
  from: [],
};

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

  it("is read where its push service's address has 700 characters, as those of Windows may", () => {
    const long = `https://wns2-par02p.notify.windows.example/w/?token=${"B".repeat(650)}`;
    const told = JSON.stringify({ endpoint: long, keys: { p256dh, auth } });
    expect(normalizeIdentifier(TYPE, told, undefined)).toBe(`${long}#${p256dh}.${auth}`);
    const longer = told.replace("token=", `token=${"B".repeat(300)}`);
    expect(normalizeIdentifier(TYPE, longer, undefined)).toBeNull();
  });
});
