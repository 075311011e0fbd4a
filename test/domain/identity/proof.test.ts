import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { proofOf, proves } from "#domain/identity/proof.ts";

const SECRET = "identity-secret";
const AT = "2026-11-30T09:30:00Z";
const NOW = Date.parse(AT);
const HOUR = 3_600_000;
const proof = proofOf(SECRET, "kim", AT);

describe("a proof of identity", () => {
  it("should be the HMAC-SHA256 of user id, full stop and time as written, in hex", () => {
    expect(proof).toEqual({
      userId: "kim",
      at: AT,
      proof: createHmac("sha256", SECRET).update("kim.2026-11-30T09:30:00Z").digest("hex"),
    });
    expect(proves([SECRET], proof, NOW)).toBe(true);
    expect(proves([SECRET], { ...proof, proof: proof.proof.toUpperCase() }, NOW)).toBe(true);
  });

  it("should hold for 24 hours, and for clocks that differ by minutes", () => {
    expect(proves([SECRET], proof, NOW + 24 * HOUR)).toBe(true);
    expect(proves([SECRET], proof, NOW + 24 * HOUR + 1)).toBe(false);
    expect(proves([SECRET], proof, NOW - 5 * 60_000)).toBe(true);
    expect(proves([SECRET], proof, NOW - HOUR)).toBe(false);
  });

  it("should hold with each secret that counts while one replaces the other, and with no other", () => {
    expect(proves(["new", SECRET], proof, NOW)).toBe(true);
    expect(proves(["new"], proof, NOW)).toBe(false);
    expect(proves([], proof, NOW)).toBe(false);
  });

  it.each([
    ["another user", { ...proof, userId: "lee" }],
    ["another spelling of the time", { ...proof, at: "2026-11-30T09:30:00.000Z" }],
    ["a part of it", { ...proof, proof: proof.proof.slice(0, 62) }],
    ["more than it", { ...proof, proof: `${proof.proof}00` }],
    ["something that is no hex", { ...proof, proof: `${proof.proof.slice(0, 62)}zz` }],
    ["nothing", { ...proof, proof: "" }],
    ["no time", proofOf(SECRET, "kim", "yesterday")],
    // The full stop parts user and time: one cannot lend to the other.
    [
      "the user whose id is the beginning of another's",
      {
        ...proofOf(SECRET, "kim@shop.example", "2026-11-30 09:30Z"),
        userId: "kim@shop",
        at: "example.2026-11-30 09:30Z",
      },
    ],
    ["a time in another form", proofOf(SECRET, "kim", "30 November 2026 09:30 GMT")],
    ["a user who ends in a part of the time", { ...proof, userId: "kim.2026", at: "11-30T09:30:00Z" }],
  ])("should not hold for %s", (_, other) => {
    expect(proves([SECRET], other, NOW)).toBe(false);
  });
});
