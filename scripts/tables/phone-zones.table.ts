import { readFileSync } from "node:fs";
import { join } from "node:path";
import metadata from "libphonenumber-js/min/metadata";
import * as z from "zod/mini";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/*
 * Which time zones a phone number may lie in. libphonenumber-js tells which countries a number's beginning leads to,
 * zone.tab which zones a country has. Run it when that package or Node is updated, and when the time zone database has a
 * new release: zone.tab beside this file is the database's own, as Linux keeps it in /usr/share/zoneinfo.
 */
const ZONE_TAB = join(import.meta.dirname, "zone.tab");
/** Zones whose clocks agree at all of these moments are one: once a week for three years. */
const FIRST = Date.parse("2026-01-04T12:00:00Z");
const WEEKS = 156;
const WEEK_MS = 7 * 86_400_000;

const Metadata = z.object({
  country_calling_codes: z.record(z.string(), z.array(z.string())),
  countries: z.record(z.string(), z.array(z.unknown())),
});
const { country_calling_codes: codes, countries } = z.parse(Metadata, metadata);

const zonesByCountry = new Map<string, string[]>();
for (const line of readFileSync(ZONE_TAB, "utf8").split("\n")) {
  const [country, , zone] = line.split("\t");
  if (country === undefined || country.startsWith("#") || zone === undefined) continue;
  zonesByCountry.set(country, [...(zonesByCountry.get(country) ?? []), zone]);
}

const clocks = new Map<string, string>();
/** What the clocks of a zone show at each of the moments that are compared. */
const clocksOf = (zone: string): string => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    timeZoneName: "longOffset",
    year: "numeric",
  });
  const offsets = Array.from({ length: WEEKS }, (_, week) => format.format(FIRST + week * WEEK_MS)).join();
  clocks.set(zone, offsets);
  return offsets;
};
/** The first of all zones whose clocks agree. */
const distinct = (zones: readonly string[]): readonly string[] => {
  const first = new Map<string, string>();
  for (const zone of zones) if (!first.has(clocksOf(zone))) first.set(clocksOf(zone), zone);
  return [...first.values()];
};

/** Position of the leading digits of a country that shares its code (libphonenumber-js, source/metadata.js). */
const LEADING_DIGITS = 10;
const ownBeginnings = (country: string): readonly string[] => {
  const leading = countries[country]?.[LEADING_DIGITS];
  const parts = typeof leading === "string" ? leading.split("|") : [];
  return parts.every((part) => /^\d+$/.test(part)) ? parts : [];
};

const table = new Map<string, readonly string[]>();
for (const [code, all] of Object.entries(codes)) {
  const shared: string[] = [];
  for (const country of all) {
    const zones = zonesByCountry.get(country) ?? [];
    const own = ownBeginnings(country);
    for (const digits of own) table.set(`+${code}${digits}`, distinct(zones));
    if (own.length === 0) shared.push(...zones);
  }
  if (shared.length > 0) table.set(`+${code}`, distinct(shared));
}

const lines = [...table]
  .filter(([, zones]) => zones.length > 0)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([beginning, zones]) => `  ["${beginning}", "${zones.join(" ")}"],`);

export const files: readonly WrittenFile[] = [
  writtenFile("shared/domain/contact-policy/phone-zones.generated.ts", {
    writer: "phone-zones.table.ts",
    about: [
      "From the metadata of libphonenumber-js (MIT), which is Google's libphonenumber (Apache-2.0), and the time zone",
      "database (public domain). How a phone number begins -> the zones it may lie in; of zones that agree, one.",
    ],
    code: `export const PHONE_ZONES: ReadonlyMap<string, string> = new Map([
${lines.join("\n")}
]);
`,
  }),
];
