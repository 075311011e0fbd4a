import { describe, expect, it } from "vitest";
import { withContacts } from "#domain/contact-policy/contact-history.ts";
import { joinRefusals, refusedAt, withRefusals } from "#domain/contact-policy/mailbox-refusals.ts";
import { mergeContacts } from "#domain/profile/merge.ts";
import type { ContactHistory } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { DAY_MS } from "#kernel/time.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();
const found = (address: string, topic = "marketing") => ({
  channel: "email",
  topic,
  address,
  at: iso(NOW - 5),
});
const empty: ContactHistory = { version: 3, entries: [], coolDowns: {} };
const topicsAt = (history: ContactHistory, address: string, now = NOW): readonly string[] =>
  refusedAt(history, "email", { address, now: iso(now) }).map(({ topic }) => topic);

describe("what a customer's mailboxes are known to have said no to", () => {
  it("is believed for a week, of that address, on that channel", () => {
    const history = withRefusals(empty, [found("a@shop.example"), found("b@shop.example", "*")], NOW);
    expect(history.version).toBe(4);
    expect(topicsAt(history, "a@shop.example")).toEqual(["marketing"]);
    expect(topicsAt(history, "b@shop.example")).toEqual(["*"]);
    expect(refusedAt(history, "sms", { address: "a@shop.example", now: iso(NOW) })).toEqual([]);
    expect(topicsAt(history, "a@shop.example", NOW + 7 * DAY_MS)).toEqual([]);
  });

  it("is kept once, however often it is found", () => {
    const once = withRefusals(empty, [found("a@shop.example")], NOW);
    const twice = withRefusals(once, [found("a@shop.example")], NOW + DAY_MS);
    expect(twice.refusals).toHaveLength(1);
    expect(topicsAt(twice, "a@shop.example", NOW + 7 * DAY_MS)).toEqual(["marketing"]);
  });

  it("is another thing on another channel, at another address, of another topic", () => {
    const one = found("a@shop.example");
    const others = [{ ...one, channel: "sms" }, found("b@shop.example"), found("a@shop.example", "news")];
    for (const other of others)
      expect(joinRefusals([{ ...one, until: "" }], [{ ...other, until: "" }])).toHaveLength(2);
    expect(joinRefusals([{ ...one, until: "1" }], [{ ...one, until: "2" }])).toEqual([
      { ...one, until: "1" },
    ]);
    expect(withRefusals(empty, [], NOW)).toBe(empty);
  });

  it("stays beside what is decided, until it is over, and with whom its customer becomes", () => {
    const history = withRefusals(empty, [found("a@shop.example")], NOW);
    const decided = withContacts(history, [], { now: NOW + DAY_MS, caps: [] });
    expect(topicsAt(decided, "a@shop.example")).toEqual(["marketing"]);
    expect(withContacts(history, [], { now: NOW + 8 * DAY_MS, caps: [] }).refusals).toEqual([]);
    expect(topicsAt(mergeContacts(empty, history), "a@shop.example")).toEqual(["marketing"]);
  });

  it("never takes more bytes than it may, and what was found last stays", () => {
    const many = Array.from({ length: 60 }, (_, index) => found(`${index}@shop.example`));
    const full = withRefusals(empty, many, NOW);
    const history = withRefusals(full, [found("last@shop.example")], NOW);
    expect(Buffer.byteLength(JSON.stringify(history.refusals))).toBeLessThanOrEqual(BOUNDS.refusalBytes);
    expect(topicsAt(history, "last@shop.example")).toEqual(["marketing"]);
    const merged = mergeContacts(full, history).refusals;
    expect(Buffer.byteLength(JSON.stringify(merged))).toBeLessThanOrEqual(BOUNDS.refusalBytes);
  });

  it("gives way to contacts, which caps count", () => {
    const contact = (index: number) => ({
      ...{ id: `msg_${index}`, at: iso(NOW - index), channel: "email", category: "marketing", action: "a" },
      ...{ treatment: "x".repeat(60), kind: "message" as const },
    });
    const noted = withRefusals(empty, [found("a@shop.example")], NOW);
    const contacts = Array.from({ length: 90 }, (_, index) => contact(index));
    const full = withContacts(noted, contacts, { now: NOW, caps: [] });
    expect(Buffer.byteLength(JSON.stringify([full.entries, full.refusals]))).toBeLessThanOrEqual(
      BOUNDS.contactBytes + 8,
    );
    expect(full.refusals).toEqual([]);
  });
});
