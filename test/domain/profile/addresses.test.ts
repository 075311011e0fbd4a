import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { mergeAddresses, withoutIdentifier } from "#domain/profile/addresses.ts";
import type { Address } from "#domain/records/customer.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const address = (value: string, second: number, more: Partial<Address> = {}): Address => ({
  channel: "email",
  value,
  status: "active",
  at: at(second),
  ...more,
});
const both = (a: Address, b: Address) => {
  const merged = mergeAddresses([a], [b]);
  expect(mergeAddresses([b], [a])).toEqual(merged);
  return merged;
};

describe("one address, said twice", () => {
  it("keeps the worse status, with its time, and of two alike the later", () => {
    const statuses = ["active", "invalid", "bounced", "complained"] as const;
    statuses.forEach((worse, rank) => {
      for (const better of statuses.slice(0, rank)) {
        expect(both(address("a", 1, { status: worse }), address("a", 2, { status: better }))).toEqual([
          address("a", 1, { status: worse }),
        ]);
      }
      expect(both(address("a", 1, { status: worse }), address("a", 2, { status: worse }))).toEqual([
        address("a", 2, { status: worse }),
      ]);
    });
  });

  it("is not moved by a public key's word where somebody else gave it, but may be found to be bad", () => {
    const given = address("a", 1);
    const heard = address("a", 5, { heardAt: at(9), browser: "b1" });
    expect(both(given, heard)).toEqual([given]);
    expect(both(given, { ...heard, status: "bounced" })).toEqual([{ ...given, status: "bounced" }]);
  });

  it("counts from the first time that public keys said it, by one browser whatever came first", () => {
    const [early, late] = [
      address("a", 3, { heardAt: at(1), browser: "z" }),
      address("a", 2, { heardAt: at(2), browser: "b" }),
    ];
    expect(both(early, late)).toEqual([{ ...early, browser: "b" }]);
    const plain = address("a", 2, { heardAt: at(1) });
    expect(both(early, plain)).toEqual([{ ...plain, browser: "z" }]);
    expect(both(plain, address("a", 9, { heardAt: at(1), status: "bounced" }))).toEqual([
      { ...plain, status: "bounced" },
    ]);
  });
});

describe("the addresses of a customer", () => {
  it("are the latest first, by name where two are of one moment, twenty a channel", () => {
    const names = (addresses: readonly Address[]) => addresses.map(({ value }) => value);
    expect(
      names(mergeAddresses([address("c", 1), address("b", 2)], [address("a", 1), address("d", 3)])),
    ).toEqual([...["d", "b", "a", "c"]]);
    const many = Array.from({ length: 21 }, (_, second) => address(`m${second}`, second));
    const sms = address("s", 0, { channel: "sms" });
    const merged = mergeAddresses(many, [sms]);
    expect(names(merged)).toEqual([...names(many.slice(1).toReversed()), "s"]);
    expect(mergeAddresses(many, [])).toBe(many);
  });

  it("lose the one that is somebody else's now, and its identifier, and no other", async () => {
    const linked = (type: string, value: string) => ({ type, value, at: at(0) });
    const state = {
      ...newState("cus_1", at(0)),
      identifiers: [
        linked("email", "a@x.example"),
        linked("email", "b@x.example"),
        linked("userId", "a@x.example"),
      ],
      addresses: [
        address("a@x.example", 1),
        address("b@x.example", 1),
        address("a@x.example", 1, { channel: "sms" }),
      ],
    };
    const left = withoutIdentifier(state, { type: "email", value: "a@x.example" }, await testPlaybook());
    expect(left.identifiers).toEqual(state.identifiers.slice(1));
    expect(left.addresses).toEqual(state.addresses.slice(1));
  });
});
