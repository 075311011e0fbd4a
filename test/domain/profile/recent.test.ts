import { describe, expect, it } from "vitest";
import {
  mergeRecent,
  propertiesOf,
  recentOf,
  remember,
  standingOf,
  wouldHold,
} from "#domain/profile/recent.ts";
import type { RecentEvent } from "#domain/records/customer.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { identify, track } from "../../support/customers/events.ts";

const at = (second: number) => `2026-12-01T00:00:${String(second).padStart(2, "0")}.000Z`;
const seen = (second: number, bytes = 0, id = `evt_${String(second).padStart(2, "0")}`): RecentEvent => {
  const event = {
    id,
    name: "Seen",
    at: at(second),
    properties: { pad: "" },
    type: "track",
    depth: 0,
  } as const;
  const pad = "x".repeat(Math.max(0, bytes - Buffer.byteLength(JSON.stringify(event))));
  return { ...event, properties: { pad } };
};
const keep = (...events: readonly RecentEvent[]) =>
  events.reduce(remember, { recent: [] as readonly RecentEvent[] });
const kept = (...events: readonly RecentEvent[]) => keep(...events).recent.map(({ id }) => id);
const many = (count: number, bytes = 0) => Array.from({ length: count }, (_, second) => seen(second, bytes));

describe("the recent past", () => {
  it("is the ten newest events in their order, whatever came first, and knows where it forgot", () => {
    expect(kept(...many(10).toReversed())).toEqual(many(10).map(({ id }) => id));
    expect(keep(...many(10))).not.toHaveProperty("forgotten");
    expect(kept(...many(11))).toEqual(
      many(11)
        .slice(1)
        .map(({ id }) => id),
    );
    expect(keep(...many(11)).forgotten).toBe(`${at(0)}#evt_00`);
    expect(kept(...many(11), seen(0, 0, "evt_0"))).toHaveLength(10);
    expect(kept(seen(5), seen(5))).toEqual(["evt_05"]);
    expect(kept(seen(5, 0, "b"), seen(5, 0, "a"))).toEqual(["a", "b"]);
  });

  it("holds an event of two kilobytes and no larger one", () => {
    expect(kept(seen(1, 2_048))).toEqual(["evt_01"]);
    expect(kept(seen(1, 2_049))).toEqual([]);
    expect([wouldHold({ recent: [] }, seen(1, 2_048)), wouldHold({ recent: [] }, seen(1, 2_049))]).toEqual([
      true,
      false,
    ]);
  });

  it("fills its bytes and no more", () => {
    const each = 2_000;
    const room = Math.floor(BOUNDS.recentBytes / each);
    const last = BOUNDS.recentBytes - (room - 1) * each;
    const full = [...many(room - 1, each), seen(59, Math.min(last, 2_048))];
    if (room < 10 && last <= 2_048) {
      expect(kept(...full)).toHaveLength(room);
      expect(kept(...full.slice(0, -1), seen(59, last + 1))).toHaveLength(room - 1);
    }
    expect(Buffer.byteLength(JSON.stringify(keep(...many(10, each)).recent))).toBeLessThanOrEqual(
      BOUNDS.recentBytes + 12,
    );
  });

  it("takes in nothing from before where it forgot, alone or merged", () => {
    const ring = { recent: [seen(9)], forgotten: `${at(5)}#evt_05` };
    expect([4, 5, 6].map((second) => wouldHold(ring, seen(second)))).toEqual([false, false, true]);
    expect(remember(ring, seen(5))).toEqual(ring);
    expect(mergeRecent(ring, { recent: [seen(4), seen(5), seen(7)], forgotten: `${at(3)}#evt_03` })).toEqual({
      recent: [seen(7), seen(9)],
      forgotten: ring.forgotten,
    });
    expect(mergeRecent({ recent: [] }, { recent: [] })).toEqual({ recent: [] });
  });

  it("keeps what an event said, the traits of who was identified, and who spoke unless it was trusted", () => {
    const event = track("Seen", { properties: { a: 1 }, depth: 3, standing: "public" });
    expect(recentOf(event)).toEqual({
      ...{ id: event.id, name: "Seen", at: event.at, properties: { a: 1 }, type: "track", depth: 3 },
      standing: "public",
    });
    expect([standingOf({}), standingOf({ standing: "trusted" }), standingOf({ standing: "proven" })]).toEqual(
      [{}, {}, { standing: "proven" }],
    );
    const said = { ...identify({ a: 1, b: 1 }), properties: { b: 2 } };
    expect(propertiesOf(said)).toEqual({ a: 1, b: 2 });
    expect(propertiesOf({ ...said, type: "group" })).toEqual({ a: 1, b: 2 });
    expect(propertiesOf({ ...said, type: "track" })).toEqual({ b: 2 });
  });
});
