import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consentFor } from "#domain/contact-policy/consent.ts";
import { admittedConsent, mergeConsent, newerConsent, shownEntries } from "#domain/profile/consent.ts";
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

describe("a yes by a public key", () => {
  const said = fc.record({
    status: fc.constantFrom("granted" as const, "withdrawn" as const),
    standing: fc.constantFrom("public" as const, "proven" as const, "trusted" as const, undefined),
    minute: fc.nat(4),
  });
  const entriesOf = (
    all: readonly { status: Consent["status"]; standing: Consent["standing"]; minute: number }[],
  ) =>
    all.map(({ status, standing, minute }) =>
      entry({ status, at: at(minute), ...(standing === undefined ? {} : { standing }) }),
    );
  const merged = (entries: readonly Consent[]): ConsentState =>
    entries.reduce((state, one) => mergeConsent(state, newerConsent(state, [one])), NONE);

  it("leaves the same consent in any order", () => {
    fc.assert(
      fc.property(
        fc
          .array(said, { maxLength: 6 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(merged(entriesOf(shuffled)).entries).toEqual(merged(entriesOf(all)).entries);
        },
      ),
    );
  });

  it("never takes the place of what was proven, nor comes back once it was", () => {
    const trusted = entry({ at: at(1) });
    const later = entry({ at: at(2), standing: "public", text: "v9" });
    expect(shownEntries(merged([trusted, later]))).toEqual([trusted]);
    const withdrawn = entry({ at: at(3), status: "withdrawn", standing: "public" });
    expect(shownEntries(merged([later, withdrawn]))).toEqual([withdrawn]);
    const again = entry({ at: at(4), kind: "implied" });
    expect(merged([later, withdrawn, again]).entries).toEqual({ "email|marketing": again });
  });

  it("is a yes by itself, also after an older no", () => {
    const category = { name: "marketing", consent: "express", transactional: false } as const;
    const state = merged([
      entry({ status: "withdrawn", at: at(1) }),
      entry({ at: at(2), standing: "public" }),
    ]);
    expect(consentFor(state, category, "email", { now: at(9), inline: false })).toBe("granted");
    expect(shownEntries(state)).toMatchObject([{ status: "granted", standing: "public" }]);
  });
});
