import { describe, expect, it } from "vitest";
import { providerAddress, providerAt } from "#infra/local/door/address.ts";

const PLACE = {
  apiUrl: "http://127.0.0.1:4000",
  region: "us-east-1",
  account: "000000000000",
  url: "http://127.0.0.1:4000",
};

describe("the address of a provider that is no AWS service", () => {
  it("leads back to the provider and the path within its API", () => {
    const { pathname } = new URL(`${providerAddress(PLACE, "acme")}/v1/messages`);
    expect(providerAt(pathname)).toEqual({ provider: "acme", path: "/v1/messages" });
  });

  it("is no other path", () => {
    for (const path of ["/", "/v1/messages", "/_local/outbox", "/_providers"])
      expect(providerAt(path)).toBeNull();
  });
});
