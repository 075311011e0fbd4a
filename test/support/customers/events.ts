import type { CollectedEvent } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";

/** The moment at which tests take place. */
export const NOW = Date.parse("2026-11-21T12:00:00.000Z");

/** ISO-8601 UTC, so many minutes before (negative: after) the tests' moment. */
export const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

let sequence = 0;

/** An event as collect would put it into the inbox; every call makes another one. */
export const event = (members: Partial<CollectedEvent> & Pick<CollectedEvent, "type">): CollectedEvent => {
  sequence += 1;
  const at = members.at ?? minutesAgo(1);
  return {
    id: hashId("evt", "test", String(sequence)),
    name: members.type,
    at,
    receivedAt: at,
    source: "test",
    imported: false,
    depth: 0,
    ...members,
  };
};

export const track = (name: string, members: Partial<CollectedEvent> = {}): CollectedEvent =>
  event({ type: "track", name, ...members });
export const identify = (
  traits: NonNullable<CollectedEvent["traits"]>,
  members: Partial<CollectedEvent> = {},
): CollectedEvent => event({ type: "identify", traits, ...members });
