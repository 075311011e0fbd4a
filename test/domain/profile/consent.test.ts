import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admittedConsent, mergeConsent } from "#domain/profile/consent.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";

const NONE: ConsentState = { entries: {} };
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const entry = (changes: Partial<Consent>): Consent => ({
  channel: "email",
  topic: "marketing",
  status: "granted",
  kind: "express",
  source: "form",
  at: at(0),
  ...changes,
});
const bytesOf = ({ entries }: ConsentState): number => Buffer.byteLength(JSON.stringify(entries));

const text = (bytes: number) => fc.string({ unit: "binary", maxLength: bytes });
const anyEntry = fc.record({
  channel: text(100),
  topic: text(100),
  status: fc.constantFrom("granted" as const, "withdrawn" as const),
  kind: fc.constantFrom("express" as const, "implied" as const),
  source: text(200),
  at: fc.nat(10_000).map(at),
  text: text(2_000),
});

describe("consent", () => {
  it("stays within its bytes whatever is said, and each newest withdrawal stands", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 120 }), (entries) => {
        let state = NONE;
        for (const one of entries) {
          state = mergeConsent(state, admittedConsent(state, [one]));
          expect(bytesOf(state)).toBeLessThanOrEqual(BOUNDS.consentBytes);
        }
        const last = entry({ channel: "sms", topic: "*", status: "withdrawn", at: at(20_000) });
        const after = mergeConsent(state, admittedConsent(state, [last])).entries;
        expect([after["sms|*"], after["*|*"]]).toContainEqual(
          expect.objectContaining({ status: "withdrawn", at: last.at }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("takes no more grants once only the room for withdrawals is left", () => {
    const grants = Array.from({ length: 100 }, (_, index) =>
      entry({ topic: `t${index}`, source: "x".repeat(150) }),
    );
    const admitted = admittedConsent(NONE, grants);
    expect(admitted.length).toBeLessThan(grants.length);
    expect(bytesOf(mergeConsent(NONE, admitted))).toBeLessThanOrEqual(BOUNDS.grantedBytes);
    const withdrawals = grants.map((grant) => ({ ...grant, status: "withdrawn" as const, at: at(1) }));
    expect(admittedConsent(mergeConsent(NONE, admitted), withdrawals)).toEqual(withdrawals);
  });

  it("of 400 KB, as release 0.1 could let it grow, comes down with the next write", () => {
    const large: ConsentState = {
      entries: Object.fromEntries(
        Array.from({ length: 13 }, (_, index) => [
          `email|x${index}`,
          entry({ topic: `x${index}`, text: "y".repeat(30_000) }),
        ]),
      ),
    };
    const after = mergeConsent(large, [entry({ status: "withdrawn", at: at(1) })]);
    expect(bytesOf(after)).toBeLessThanOrEqual(BOUNDS.consentBytes);
    expect(after.entries["email|marketing"]).toMatchObject({ status: "withdrawn" });
    expect(Object.keys(after.entries)).toHaveLength(14);
  });
});
