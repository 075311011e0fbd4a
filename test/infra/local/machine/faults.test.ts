import { describe, expect, it } from "vitest";
import { faultSchema } from "#infra/local/control/schemas.ts";
import { createFaults } from "#infra/local/machine/faults.ts";

const faultsAt = (time: { now: number }) => {
  const faults = createFaults(() => time.now);
  return { ...faults, inject: (fault: object) => faults.add(faultSchema.parse(fault)) };
};

describe("a fault of a provider", () => {
  it("meets all that it is asked, in whatever account, and nothing else", () => {
    for (const target of ["provider:ses", "provider:ses/default"]) {
      const { inject, take } = faultsAt({ now: 0 });
      inject({ target, kind: "error", times: 2 });
      expect(take("sqs:SendMessage", null)).toBeNull();
      expect(take("ses:SendEmail", "send/email")).toMatchObject({ kind: "error" });
      expect(take("ses:GetAccount", "send/email")).toMatchObject({ kind: "error" });
      expect(take("ses:SendEmail", "send/email")).toBeNull();
    }
  });

  it("leaves accounts alone that it does not name", () => {
    const { inject, take } = faultsAt({ now: 0 });
    inject({ target: "provider:ses/other", kind: "error" });
    expect(take("ses:SendEmail", null)).toBeNull();
  });

  it("is refused where nobody has that name", () => {
    expect(faultSchema.safeParse({ target: "provider:nobody", kind: "error" }).success).toBe(false);
  });
});

describe("a fault with a length", () => {
  it("is met as often as one comes until its time is over, by the clock that can be turned", () => {
    const time = { now: 0 };
    const { inject, take, list } = faultsAt(time);
    inject({ target: "ses:SendEmail", kind: "throttle", for: "PT10M" });
    for (let call = 0; call < 100; call += 1) expect(take("ses:SendEmail", null)).not.toBeNull();
    time.now = 599_999;
    expect(take("ses:SendEmail", null)).not.toBeNull();
    time.now = 600_000;
    expect(take("ses:SendEmail", null)).toBeNull();
    expect(list()).toEqual([]);
  });

  it("is met no more often than it says, where it says both", () => {
    const { inject, take } = faultsAt({ now: 0 });
    inject({ target: "ses:SendEmail", kind: "throttle", for: "PT10M", times: 1 });
    expect([take("ses:SendEmail", null), take("ses:SendEmail", null)]).toEqual([expect.anything(), null]);
  });

  it.each(["ten minutes", "PT0S", ""])("is refused where %j is no length", (text) => {
    expect(faultSchema.safeParse({ target: "ses:SendEmail", kind: "error", for: text }).success).toBe(false);
  });
});
