import { expect, it } from "vitest";
import { reach, usableAddresses } from "#domain/contact-policy/reach.ts";
import { address } from "../../support/decisions/decision.ts";

const ADDRESSES = [
  address("email", "bad@x.example", "bounced"),
  address("email", "a@x.example"),
  address("email", "b@x.example"),
  address("sms", "+4915112345678", "bounced"),
];
const suppressed =
  (...values: string[]) =>
  (channel: string, value: string) =>
    values.includes(`${channel} ${value}`);

it("an address may be used that is active, of the channel, and not suppressed there", () => {
  const usable = (...values: string[]) =>
    usableAddresses(ADDRESSES, "email", suppressed(...values)).map(({ value }) => value);
  expect(usable()).toEqual(["a@x.example", "b@x.example"]);
  expect(usable("email a@x.example", "sms b@x.example")).toEqual(["b@x.example"]);
  expect(usableAddresses(ADDRESSES, "email", undefined)).toHaveLength(2);
});

it("somebody is reachable by one such address, suppressed by others alone, and without any has none", () => {
  expect(reach(ADDRESSES, "email", suppressed("email a@x.example"))).toBe("reachable");
  expect(reach(ADDRESSES, "email", suppressed("email a@x.example", "email b@x.example"))).toBe("suppressed");
  expect(reach(ADDRESSES, "sms", undefined)).toBe("suppressed");
  expect(reach(ADDRESSES, "push", undefined)).toBe("no-address");
});
