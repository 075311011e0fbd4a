import { seeded } from "../../seeded.ts";
import type { Profile } from "./decision-table.ts";

const TIERS = ["gold", "silver", "basic", "guest"];
const COUNTRIES = ["NL", "BE", "DE", "AT", "FR", "ES", "IT", "PT", "PL", "SE"];

/** Profiles from a fixed sequence of pseudo-random numbers, the same in every run. */
export function makeProfiles(count: number): Profile[] {
  const random = seeded(42);
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
