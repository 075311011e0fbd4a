import { describe, expect, it } from "vitest";
import { consentFor, consentKey, endOfConsent } from "#domain/contact-policy/consent.ts";
import type { Category } from "#domain/playbook/model/contact-policy.ts";
import type { AddressConsent, Consent } from "#domain/records/permission.ts";

const NOW = "2026-03-11T11:00:00.000Z";
const marketing: Category = { name: "marketing", consent: "express", transactional: false };
const service: Category = { name: "service", consent: "implied", transactional: false };
const notice: Category = { name: "notice", consent: "none", transactional: false };
const receipt: Category = { name: "receipt", consent: "none", transactional: true };

const entry = (changes: Partial<Consent> = {}): Consent => ({
  channel: "email",
  topic: "marketing",
  status: "granted",
  kind: "express",
  source: "form",
  at: "2026-01-01T00:00:00.000Z",
  ...changes,
});
const verdict = (
  entries: readonly Consent[],
  category = marketing,
  inline = false,
  saidThere: readonly AddressConsent[] = [],
) => {
  const state = { entries: Object.fromEntries(entries.map((one) => [consentKey(one), one])) };
  return consentFor(state, category, "email", { now: NOW, inline, saidThere });
};

describe("consent", () => {
  it("ends by the period for its own source where there is one, else by the general one", () => {
    const day = 86_400_000;
    const periods = [
      { kind: "implied", afterMs: 30 * day, categories: [] },
      { kind: "implied", source: "purchase", afterMs: 730 * day, categories: [] },
    ] as const;
    const endOf = (source: string) =>
      endOfConsent(entry({ kind: "implied", source }), "marketing", periods)?.slice(0, 10);
    expect(endOf("purchase")).toBe("2028-01-01");
    expect(endOf("inquiry")).toBe("2026-01-31");
  });

  it("is asked for where the category needs it", () => {
    expect(verdict([])).toBe("missing");
    expect(verdict([], service)).toBe("missing");
    expect(verdict([], notice)).toBe("not-needed");
    expect(verdict([], receipt)).toBe("not-needed");
  });

  it("given for the topic, for all topics or for all channels counts", () => {
    expect(verdict([entry()])).toBe("granted");
    expect(verdict([entry({ topic: "*" })])).toBe("granted");
    expect(verdict([entry({ channel: "*" })])).toBe("granted");
    expect(verdict([entry({ channel: "*", topic: "*" })])).toBe("granted");
    expect(verdict([entry({ channel: "sms" })])).toBe("missing");
    expect(verdict([entry({ topic: "newsletter" })])).toBe("missing");
  });

  it("implied suffices only where the category says so", () => {
    expect(verdict([entry({ kind: "implied" })])).toBe("implied-only");
    expect(verdict([entry({ kind: "implied", topic: "service" })], service)).toBe("granted");
    expect(verdict([entry({ topic: "service" })], service)).toBe("granted");
  });

  it("implied needs an entry all the same, where none holds until somebody says no", () => {
    const no = (topic: string) => [entry({ topic, status: "withdrawn" })];
    expect([verdict([], service), verdict(no("service"), service)]).toEqual(["missing", "withdrawn"]);
    expect([verdict([], notice), verdict(no("notice"), notice)]).toEqual(["not-needed", "withdrawn"]);
    expect(verdict(no("receipt"), receipt)).toBe("not-needed");
  });

  it("ends when it expires", () => {
    expect(verdict([entry({ expiresAt: NOW })])).toBe("expired");
    expect(verdict([entry({ expiresAt: "2026-03-11T11:00:00.001Z" })])).toBe("granted");
  });

  it("of another kind stands in where one has expired", () => {
    const expired = entry({ expiresAt: "2026-02-01T00:00:00.000Z" });
    expect(verdict([expired, entry({ topic: "*" })])).toBe("granted");
    expect(verdict([expired, entry({ topic: "*", kind: "implied" })])).toBe("implied-only");
  });

  it("withdrawn for everything ends what was given before for one topic", () => {
    const all = entry({ topic: "*", status: "withdrawn", at: "2026-02-01T00:00:00.000Z" });
    expect(verdict([entry(), all])).toBe("withdrawn");
    expect(verdict([entry({ at: "2026-03-01T00:00:00.000Z" }), all])).toBe("granted");
  });

  it("withdrawn for one topic is not undone by a later general yes", () => {
    const left = entry({ status: "withdrawn" });
    const general = entry({ topic: "*", at: "2026-03-01T00:00:00.000Z" });
    expect(verdict([left, general])).toBe("withdrawn");
  });

  it("withdrawn for a channel is undone only by a later yes to that channel", () => {
    const left = entry({ topic: "*", status: "withdrawn" });
    const later = "2026-03-01T00:00:00.000Z";
    expect(verdict([left, entry({ channel: "*", at: later })])).toBe("withdrawn");
    expect(verdict([left, entry({ at: later })])).toBe("granted");
    const topic = entry({ channel: "*", status: "withdrawn" });
    expect(verdict([topic, entry({ topic: "*", at: later })])).toBe("withdrawn");
    expect(verdict([topic, entry({ at: later })])).toBe("granted");
  });

  it("given and withdrawn at the same time is withdrawn", () => {
    expect(verdict([entry(), entry({ topic: "*", status: "withdrawn" })])).toBe("withdrawn");
  });

  it("withdrawn is heeded by categories that need none, but for what is owed", () => {
    const objection = entry({ topic: "*", status: "withdrawn" });
    expect(verdict([objection], notice)).toBe("withdrawn");
    expect(verdict([objection], receipt)).toBe("not-needed");
  });

  it("is not needed on a page the person opened, where an objection still counts", () => {
    expect(verdict([], marketing, true)).toBe("not-needed");
    expect(verdict([entry({ status: "withdrawn" })], marketing, true)).toBe("withdrawn");
  });

  it("cannot be forged by a name that every object has", () => {
    const odd: Category = { ...marketing, name: "constructor" };
    expect(consentFor({ entries: {} }, odd, "__proto__", { now: NOW, inline: false })).toBe("missing");
  });
});

describe("what was said at the address", () => {
  const on = (day: string): string => `2026-0${day}T00:00:00.000Z`;
  const no = (changes: Partial<AddressConsent> = {}): AddressConsent => ({
    topic: "marketing",
    status: "withdrawn",
    at: on("2-01"),
    ...changes,
  });
  const yes = (changes: Partial<AddressConsent> = {}) =>
    no({ status: "granted", at: on("2-02"), ...changes });
  const there = (entries: readonly Consent[], ...said: readonly AddressConsent[]) =>
    verdict(entries, marketing, false, said);

  it.each([
    ["the topic", no()],
    ["everything", no({ topic: "*" })],
  ])("holds against an older yes of whoever has it, to %s", (_, said) => {
    expect(there([entry()], said)).toBe("withdrawn");
    expect(there([entry({ at: said.at })], said)).toBe("withdrawn");
  });

  it("says nothing of other topics, nor of what is owed", () => {
    expect(there([entry()], no({ topic: "newsletter" }))).toBe("granted");
    expect(verdict([], receipt, false, [no({ topic: "*" })])).toBe("not-needed");
    expect(verdict([], notice, false, [no({ topic: "notice" })])).toBe("withdrawn");
  });

  it("is lifted by a later yes that somebody proved, and by none of a public key", () => {
    expect(there([entry({ at: on("2-02") })], no())).toBe("granted");
    expect(there([entry({ at: on("2-02"), standing: "proven" })], no())).toBe("granted");
    expect(there([entry({ at: on("3-01"), standing: "public" })], no())).toBe("withdrawn");
    expect(there([entry({ at: on("2-02") }), entry({ at: on("3-01"), standing: "public" })], no())).toBe(
      "granted",
    );
  });

  it("is lifted by a later yes said there, for those who had agreed themselves", () => {
    expect(there([entry()], no(), yes())).toBe("granted");
    expect(there([entry({ standing: "public" })], no(), yes())).toBe("granted");
    expect(there([], no(), yes())).toBe("missing");
    expect(there([entry()], no({ topic: "*" }), yes())).toBe("granted");
    expect(there([entry()], no(), yes({ topic: "*" }))).toBe("withdrawn");
  });

  it("gives nobody a consent that they never gave", () => {
    expect(there([], yes())).toBe("missing");
    expect(there([entry({ status: "withdrawn", at: on("1-05") })], yes())).toBe("withdrawn");
  });
});

describe("consent that is confirmed", () => {
  const double: Category = { ...marketing, confirm: "double" };
  const open = (changes: Partial<Consent> = {}) => entry({ standing: "public", ...changes });

  it("is pending where a public key granted it, until somebody proves it", () => {
    expect(verdict([open()], double)).toBe("pending");
    expect(verdict([open({ channel: "*" })], double)).toBe("pending");
    expect(verdict([open({ kind: "implied" })], double)).toBe("pending");
    expect(verdict([open(), entry()], double)).toBe("granted");
    expect(verdict([entry({ standing: "proven" })], double)).toBe("granted");
    expect(verdict([open()], marketing)).toBe("granted");
  });

  it("is withdrawn by a later no, whoever says it", () => {
    const no = entry({ status: "withdrawn", standing: "public", at: "2026-02-01T00:00:00.000Z" });
    expect(verdict([open(), no], double)).toBe("withdrawn");
    expect(verdict([no, open({ at: "2026-03-01T00:00:00.000Z" })], double)).toBe("pending");
  });

  it("needs no proof where no link can be followed", () => {
    const state = { entries: { "push|marketing|public": open({ channel: "push" }) } };
    expect(consentFor(state, double, "push", { now: NOW, inline: false })).toBe("granted");
  });
});

describe("the key of what was said", () => {
  it("keeps what anybody may have said apart from what somebody did", () => {
    const granted = entry({ channel: "email", topic: "news" });
    expect(consentKey(granted)).toBe("email|news");
    expect(consentKey({ ...granted, standing: "public" })).toBe("email|news|public");
  });
});
