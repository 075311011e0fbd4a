import { describe, expect, it } from "vitest";
import { isPublic, lookupPublic } from "#wire/public-address.ts";

describe("an address of the public network", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])("is %s", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.53",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.0.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "fe80::1",
    "fd12::1",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::",
    "nothing",
  ])("is not %s", (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it("is not what a name of this machine leads to", async () => {
    const error = await new Promise((resolve) => lookupPublic("localhost", {}, (failed) => resolve(failed)));
    expect(error).toMatchObject({ name: "NotPublicError" });
  });
});
