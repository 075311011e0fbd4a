import { describe, expect, it } from "vitest";
import { isPersonalNumber, personalOf, withoutPersonal } from "#domain/customer/personal.ts";
import { MASKED } from "#domain/customer/personal-text.ts";
import { newState } from "#domain/customer/state.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { Json } from "#kernel/json.ts";
import { address, playbookOf } from "../../support/decisions/decision.ts";

const base = playbookOf({});
const playbook = {
  ...base,
  document: {
    ...base.document,
    dataModel: {
      ...base.document.dataModel,
      identifiers: [{ type: "memberNo", normalize: "none", from: ["properties.member.number"] }],
      traits: [{ name: "nickname", type: "string", personal: true }],
    },
  },
} as unknown as typeof base;

const traits = (values: Record<string, Json>): CustomerState["traits"] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, at: "2026-01-01T00:00:00.000Z", by: "evt_1" },
    ]),
  ) as CustomerState["traits"];
const jane: CustomerState = {
  ...newState("cus_1", "2026-01-01T00:00:00.000Z"),
  identifiers: [{ type: "userId", value: "jane-4711", at: "", standing: "trusted" }] as never,
  addresses: [address("email", "janedoe@shop.example")],
  traits: traits({ nickname: "Pumpernickel", plan: "Goldfisch", lastOrder: 7 }),
};

const shown = (value: Json, state: CustomerState | null = jane, ref?: string) => {
  const masked = new Set<string>();
  const rest = withoutPersonal(value, personalOf(playbook, state, ref), "event", masked);
  return { rest, masked: [...masked] };
};

describe("what is logged of a customer's words", () => {
  it("masks identifiers, addresses and personal traits wherever they stand, and no other trait", () => {
    expect(shown({ text: "hello Pumpernickel", plan: "Goldfisch", list: ["jane-4711", "x"] })).toEqual({
      rest: { text: `hello ${MASKED}`, plan: "Goldfisch", list: [MASKED, "x"] },
      masked: ["event.text", "event.list"],
    });
  });

  it("masks every value under a personal name, but leaves null, numbers, truth values and lists as they are elsewhere", () => {
    expect(
      shown({ memberNo: 5, number: { a: 1 }, Nickname: null, ok: true, none: null, n: 12, list: [1, null] }),
    ).toEqual({
      rest: {
        memberNo: MASKED,
        number: MASKED,
        Nickname: null,
        ok: true,
        none: null,
        n: 12,
        list: [1, null],
      },
      masked: ["event.memberNo", "event.number"],
    });
  });

  it("masks names that are personal texts, and says so by the masked name", () => {
    expect(shown({ "jane-4711": { plain: 1 } })).toEqual({
      rest: { [MASKED]: { plain: 1 } },
      masked: [`event.${MASKED}`],
    });
  });

  it("masks the identifier that was asked about where nobody has it", () => {
    expect(shown("about lost-9001", null, "userId:lost-9001").rest).toBe(`about ${MASKED}`);
    expect(shown("about userId:x", null, "userId:lost-9001").rest).toBe("about userId:x");
    expect(shown("about lost-9001", null)).toEqual({ rest: "about lost-9001", masked: [] });
  });

  it("masks a number that may be a phone's or a customer's, from seven digits on", () => {
    const personal = personalOf(playbook, null, "userId:1000000");
    expect([1_000_000, 2_000_000, 1_000_000.5].map((value) => isPersonalNumber(value, personal))).toEqual([
      true,
      false,
      false,
    ]);
    const short = personalOf(playbook, null, "userId:999999");
    expect(isPersonalNumber(999_999, short)).toBe(false);
    expect(shown({ ref: 1_000_000, other: 1_000_001 }, null, "userId:1000000")).toEqual({
      rest: { ref: MASKED, other: 1_000_001 },
      masked: ["event.ref"],
    });
  });
});
