import { newRecord, newState } from "#domain/customer/state.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Contact } from "#domain/records/permission.ts";
import type { Json } from "#kernel/json.ts";
import { CHANNELS, INTERESTS, TIERS } from "./playbook.ts";

/** Noon on a Wednesday. */
export const NOW = Date.parse("2026-03-11T12:00:00.000Z");
const DAY = 86_400_000;
const AT = "2026-01-01T00:00:00.000Z";

/**
 * The customer with this number: always the same, and unlike any other.
 * @param contacts how many past contacts there are, over the last seven days
 * @param further names of traits that no rule reads
 */
export const customerAt = (index: number, contacts: number, further: readonly string[]): CustomerRecord => {
  const traits: Record<string, Json> = {
    age: 15 + ((index * 31) % 60),
    tier: TIERS[index % TIERS.length] ?? "none",
    interests: INTERESTS.filter((_, place) => (index >> place) % 2 === 1),
    orders: (index * 7) % 45,
    joined: `20${String(10 + (index % 16)).padStart(2, "0")}-01-15`,
    ...Object.fromEntries(further.map((name) => [name, `value of ${name}`])),
  };
  const consents = CHANNELS.filter((_, place) => (index + place) % 5 !== 0);
  const record = newRecord({
    ...newState(`cus_${index}`, AT),
    version: 1,
    addresses: CHANNELS.map((channel) => ({
      channel,
      value: `${channel}-${index}`,
      status: "active",
      at: AT,
    })),
    traits: Object.fromEntries(
      Object.entries(traits).map(([name, value]) => [name, { value, at: AT, by: "e" }]),
    ),
  });
  const contact = (place: number): Contact => ({
    id: `msg_${place}`,
    at: new Date(NOW - ((place + 1) * 7 * DAY) / (contacts + 1)).toISOString(),
    channel: CHANNELS[place % 2] ?? "email",
    category: "marketing",
    action: "action-0001",
    treatment: "action-0001",
    kind: "message",
  });
  return {
    ...record,
    consent: {
      entries: Object.fromEntries(
        consents.map((channel) => [
          `${channel}|*`,
          { channel, topic: "*", status: "granted", kind: "express", source: "form", at: AT } as const,
        ]),
      ),
    },
    contact: {
      version: 1,
      entries: Array.from({ length: contacts }, (_, place) => contact(place)),
      coolDowns: {},
    },
  };
};
