import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactTimes, isFull } from "#domain/contact-policy/caps.ts";
import { withContacts, withoutContact } from "#domain/contact-policy/contact-history.ts";
import type { Cap } from "#domain/playbook/model/contact-policy.ts";
import type { Contact, ContactHistory } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (time: number): string => new Date(time).toISOString();
const cap = (changes: Partial<Cap>): Cap => ({
  name: "cap",
  max: 2,
  windowMs: DAY,
  channels: [],
  categories: [],
  actions: [],
  ...changes,
});
const contact = (at: number, channel = "email"): Contact => ({
  id: `msg_${at}`,
  at: iso(at),
  channel,
  category: "marketing",
  action: "cart",
  treatment: "cart",
  kind: channel === "web" ? "impression" : "message",
});
const history = (entries: readonly Contact[], coolDowns = {}): ContactHistory => ({
  version: 7,
  entries,
  coolDowns,
});

describe("contact history", () => {
  it("moves one version on without what never left, and not at all where it is not", () => {
    const before = history([contact(NOW - HOUR), contact(NOW)], { cart: iso(NOW + HOUR) });
    expect(withoutContact(before, `msg_${NOW}`)).toEqual({
      ...before,
      version: 8,
      entries: [contact(NOW - HOUR)],
    });
    expect(withoutContact(before, "msg_other")).toBeNull();
  });

  it("moves one version on with what is added", () => {
    const next = withContacts(history([contact(NOW - HOUR)]), [contact(NOW)], { now: NOW, caps: [] });
    expect(next.version).toBe(8);
    expect(next.entries.map(({ at }) => Date.parse(at))).toEqual([NOW - HOUR, NOW]);
  });

  it("remembers a week by itself, and longer where others look further back", () => {
    const at = (days: number, ms: number) => [contact(NOW - days * DAY + ms)];
    const kept = (entries: readonly Contact[], memoryMs?: number) =>
      withContacts(history(entries), [], {
        now: NOW,
        caps: [],
        ...(memoryMs === undefined ? {} : { memoryMs }),
      }).entries.length;
    expect([kept(at(7, 0)), kept(at(7, 1))]).toEqual([0, 1]);
    expect([kept(at(9, 0), 9 * DAY), kept(at(9, 1), 9 * DAY)]).toEqual([0, 1]);
  });

  it("never drops what shows a cap to be full, past or planned, however much comes", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, minutes) => contact(NOW - minutes * 60_000));
    const sms = [
      contact(NOW - 5 * HOUR, "sms"),
      contact(NOW - 6 * HOUR, "sms"),
      contact(NOW - 7 * HOUR, "sms"),
    ];
    const planned = [contact(NOW + 8 * HOUR, "sms"), contact(NOW + 9 * HOUR, "sms"), contact(NOW, "sms")];
    const { entries } = withContacts(history([...sms, ...planned]), many(101), {
      now: NOW,
      caps: [cap({ channels: ["sms"] })],
    });
    const left = entries
      .filter(({ channel }) => channel === "sms")
      .map(({ at }) => (Date.parse(at) - NOW) / HOUR);
    expect(left).toEqual([-5, 8, 9, 0]);
  });

  it("forgets what no window reaches back to", () => {
    const old = [contact(NOW - 31 * DAY), contact(NOW - 29 * DAY), contact(NOW - 8 * DAY)];
    const kept = (caps: readonly Cap[]) => withContacts(history(old), [], { now: NOW, caps }).entries.length;
    expect(kept([])).toBe(0);
    expect(kept([cap({ windowMs: 30 * DAY })])).toBe(2);
  });

  it("forgets cool-downs that are over", () => {
    const coolDowns = { gone: iso(NOW), rests: iso(NOW + 1) };
    const next = withContacts(history([], coolDowns), [], { now: NOW, caps: [] });
    expect(next.coolDowns).toEqual({ rests: iso(NOW + 1) });
  });

  it("keeps what was, however much is planned after it", () => {
    const rule = cap({ max: 1, channels: ["sms"] });
    const planned = Array.from({ length: 120 }, (_, hour) => contact(NOW + (hour + 30) * HOUR, "sms"));
    const text = contact(NOW - HOUR, "sms");
    const { entries } = withContacts(history([text, ...planned]), [], { now: NOW, caps: [rule] });
    expect(isFull(rule, contactTimes(rule, entries), NOW)).toBe(true);
  });

  it("stays small under messages planned for every day of a year", () => {
    const planned = Array.from({ length: 365 }, (_, day) => contact(NOW + (day + 1) * DAY));
    const { entries } = withContacts(history([contact(NOW - HOUR)]), planned, { now: NOW, caps: [cap({})] });
    expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThanOrEqual(BOUNDS.contactBytes);
    expect(entries.length).toBeGreaterThan(40);
    expect(entries[0]).toEqual(contact(NOW - HOUR));
    expect(entries.at(-1)).toEqual(contact(NOW + (entries.length - 1) * DAY));
  });

  it("stays small under a page that asks all the time, and caps see no difference", () => {
    const channel = fc.constantFrom("email", "sms", "web");
    const step = fc.tuple(channel, fc.integer({ min: 0, max: 20 }));
    const caps = [
      cap({ max: 150, channels: ["web"] }),
      cap({ max: 3 }),
      cap({ max: 1, channels: ["sms"], windowMs: 2 * DAY }),
    ];
    fc.assert(
      fc.property(fc.array(step, { minLength: 150, maxLength: 400 }), (steps) => {
        let kept = history([]);
        const all: Contact[] = [];
        let now = NOW;
        for (const [name, minutes] of steps) {
          now += minutes * 60_000;
          for (const one of caps) {
            const known = isFull(one, contactTimes(one, kept.entries), now);
            expect(known).toBe(isFull(one, contactTimes(one, all), now));
          }
          all.push(contact(now, name));
          kept = withContacts(kept, [contact(now, name)], { now, caps });
        }
        expect(kept.entries.length).toBeLessThanOrEqual(100 + 150 + 3 + 1);
      }),
      { numRuns: 15 },
    );
  });
});
