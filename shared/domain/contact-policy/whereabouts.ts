import type { JsonObject } from "#kernel/json.ts";
import { firstZone } from "../calendar/local-time.ts";
import type { ContactPolicy, Region } from "../playbook/model/contact-policy.ts";
import type { Address, CustomerRecord } from "../records/customer.ts";
import { PHONE_ZONES } from "./phone-zones.generated.ts";

/** Where somebody may be: quiet hours must be over in every one of the zones, by the hours of every one of the regions. */
export type Whereabouts = {
  /** IANA names, at least one. */
  readonly zones: readonly string[];
  readonly regions: readonly Region[];
};

const NUMBER = /^\+[1-9]\d{5,14}$/;
const phonesOf = (addresses: readonly Address[]): readonly string[] =>
  addresses.flatMap(({ value, status }) => (status === "active" && NUMBER.test(value) ? [value] : []));

/** Zones of the longest prefix in the table; none for numbers that belong to no country (satellites, free phone). */
const zonesOfNumber = (phone: string, regions: readonly Region[]): readonly string[] => {
  let longest = "";
  let zones: readonly string[] = [];
  for (const region of regions) {
    if (region.zones.length === 0) continue;
    for (const beginning of region.phones) {
      if (beginning.length <= longest.length || !phone.startsWith(beginning)) continue;
      longest = beginning;
      zones = region.zones;
    }
  }
  for (let length = phone.length; length > Math.max(1, longest.length); length -= 1) {
    const known = PHONE_ZONES.get(phone.slice(0, length));
    if (known !== undefined) return known.split(" ");
  }
  return zones;
};

/**
 * The customer's own zone where the profile or the caller names one, else that which their device told last; else every zone that their phone numbers may lie in
 * (47 CFR 64.1200(c)(1) asks for the time where the called person is); else the brand's. Regions go by the number, whatever
 * the zone: a law of the state somebody took the number from may still hold.
 */
export const whereaboutsOf = (
  input: {
    readonly record: CustomerRecord | null;
    readonly context?: JsonObject;
    readonly regions: ContactPolicy["regions"];
  },
  brandZone: string,
): Whereabouts => {
  const { record, context, regions = [] } = input;
  const phones = record === null ? [] : phonesOf(record.state.addresses);
  const traits = record?.state.traits;
  const own = firstZone(
    [
      traits?.timezone?.value,
      traits?.timeZone?.value,
      context?.timezone,
      context?.timeZone,
      record?.state.deviceZone?.name,
    ],
    "",
  );
  const found = own === "" ? phones.flatMap((phone) => zonesOfNumber(phone, regions)) : [own];
  return {
    zones: found.length === 0 ? [brandZone] : [...new Set(found)],
    regions: regions.filter((region) =>
      region.phones.some((beginning) => phones.some((phone) => phone.startsWith(beginning))),
    ),
  };
};

/** Its name in the reasons of a decision. */
export const placeName = ({ zones, regions }: Whereabouts): string => {
  const names = [zones.length > 3 ? `${zones.length} time zones` : zones.join(", ")];
  return [...names, ...regions.map(({ name }) => name)].join(", ");
};
