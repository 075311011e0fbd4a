import type { Profile } from "./table.ts";

const TIERS = ["gold", "silver", "basic", "guest"];
const COUNTRIES = ["NL", "BE", "DE", "AT", "FR", "ES", "IT", "PT", "PL", "SE"];

/** Profiles from a fixed sequence of pseudo-random numbers (mulberry32), the same in every run. */
export function makeProfiles(count: number, seed = 42): Profile[] {
  const random = mulberry32(seed);
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? "";
  return Array.from({ length: count }, () => ({
    tier: pick(TIERS),
    spend: Math.round(random() * 200_000) / 100,
    country: pick(COUNTRIES),
    memberSince: new Date(Date.UTC(2016, 0, 1) + Math.floor(random() * 3900) * 86_400_000)
      .toISOString()
      .slice(0, 10),
    consent: random() < 0.9,
  }));
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
