import { describe, expect, it } from "vitest";
import { consentOf } from "#domain/profile/consent-event.ts";
import type { JsonObject } from "#kernel/json.ts";
import { minutesAgo, track } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const at = minutesAgo(5);
const { document } = await testPlaybook();
const told = (properties: JsonObject) =>
  consentOf(
    track("Consent Changed", { userId: "u1", at, properties: { channel: "sms", ...properties } }),
    document,
  );
const granted = (properties: JsonObject = {}) => told({ status: "granted", kind: "express", ...properties });

describe("the end of a consent", () => {
  it.each([
    ["a time in UTC", "2027-03-01T08:00:00Z", "2027-03-01T08:00:00.000Z"],
    ["a time elsewhere", "2027-03-01T08:00:00+14:00", "2027-02-28T18:00:00.000Z"],
    ["fractions of a second", "2027-03-01T08:00:00.5-02:00", "2027-03-01T10:00:00.500Z"],
    ["a date, as that day begins", "2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["as late as four digits go", "9999-12-31", "9999-12-31T00:00:00.000Z"],
  ])("should be read from %s", (_, expiresAt, kept) => {
    const { entries, refused } = granted({ expiresAt });

    expect(refused).toEqual([]);
    expect(entries).toMatchObject([{ status: "granted", expiresAt: kept }]);
  });

  it.each([
    "tomorrow",
    "31.12.2020",
    "2027-02-30",
    "2027-02-29",
    "2027-13-01",
    "2027-03-01T08:00:00",
    "2027-03-01T25:00:00Z",
    "P2Y",
    "",
    "9999-12-31T23:00:00-05:00",
    1893456000,
    null,
  ])("should make a grant invalid where nobody can tell when %j is", (expiresAt) => {
    expect(granted({ expiresAt })).toEqual({ entries: [], refused: ["invalid-consent"] });
  });

  it("should not be kept of a withdrawal: no end makes it weaker", () => {
    const { entries } = told({ status: "withdrawn", expiresAt: "2027-03-01" });

    expect(entries).toMatchObject([{ status: "withdrawn" }]);
    expect(entries[0]).not.toHaveProperty("expiresAt");
  });
});

describe("the kind of a consent", () => {
  it("should be the weaker one when nobody says which it is", () => {
    expect(told({ status: "granted" }).entries).toMatchObject([{ status: "granted", kind: "implied" }]);
  });

  it("should make a grant invalid when it is none we know", () => {
    expect(granted({ kind: "explicit" })).toEqual({ entries: [], refused: ["invalid-consent"] });
  });
});

describe("a withdrawal", () => {
  it.each([
    ["an end nobody understands", { expiresAt: "tomorrow" }],
    ["a kind we do not know", { kind: "explicit" }],
    ["a source that is no text", { source: 7 }],
    ["a text that is none", { text: null }],
  ])("should count in spite of %s", (_, odd) => {
    const { entries, refused } = told({ status: "withdrawn", ...odd });

    expect(refused).toEqual([]);
    expect(entries).toEqual([
      { channel: "sms", topic: "*", status: "withdrawn", kind: "implied", source: "test", at },
    ]);
  });

  it.each([
    ["no channel", undefined],
    ["an empty channel", ""],
    ["a list of channels", ["email", "sms"]],
    ["a channel that is no text", 7],
    ["a channel of another alphabet", "ｅｍａｉｌ"],
    ["a channel with a letter that nobody sees", "em\u200bail"],
    ["a channel as long as a page", "x".repeat(3_000)],
  ])("of %s should be one of every channel that it may mean", (_, channel) => {
    const properties = {
      topic: "marketing",
      status: "withdrawn",
      ...(channel === undefined ? {} : { channel }),
    };
    const { entries } = consentOf(track("Consent Changed", { userId: "u1", at, properties }), document);

    expect(entries).toMatchObject([{ channel: "*", topic: "marketing", status: "withdrawn" }]);
  });

  it.each([null, "", 7, ["marketing"], { name: "marketing" }])(
    "of the topic %j should be one of everything on its channel",
    (topic) => {
      expect(told({ topic, status: "withdrawn" }).entries).toMatchObject([
        { channel: "sms", topic: "*", status: "withdrawn" },
      ]);
    },
  );

  it("should keep its source and the text that was answered", () => {
    const { entries } = told({ status: "withdrawn", kind: "express", source: "letter", text: "v2" });

    expect(entries).toMatchObject([{ kind: "express", source: "letter", text: "v2" }]);
  });
});

describe("channels and topics", () => {
  it.each([
    [" Email ", "MARKETING"],
    ["EMAIL", " marketing"],
  ])("should be matched as people write them: %j, %j", (channel, topic) => {
    expect(granted({ channel, topic }).entries).toMatchObject([{ channel: "email", topic: "marketing" }]);
    expect(told({ channel, topic, status: "withdrawn" }).entries).toMatchObject([
      { channel: "email", topic: "marketing", status: "withdrawn" },
    ]);
  });

  it.each(["Withdrawn", " WITHDRAWN ", "withdrawn\n", "\u00a0withdrawn"])(
    "should be read with the status written as %j",
    (status) => {
      expect(told({ status }).entries).toMatchObject([{ status: "withdrawn" }]);
    },
  );

  it("should be read with a grant's status and kind written in capitals", () => {
    expect(told({ status: "Granted ", kind: " Express" }).entries).toMatchObject([
      { status: "granted", kind: "express" },
    ]);
  });

  it.each(["revoked", "no", false, null, undefined])("should be refused with the status %j", (status) => {
    const properties = status === undefined ? {} : { status };
    expect(told(properties)).toEqual({ entries: [], refused: ["invalid-consent"] });
  });

  it.each([
    [{ channel: "pigeon" }, "unknown-channel"],
    [{ topic: "x1" }, "unknown-topic"],
    [{ text: "x".repeat(3_000) }, "invalid-consent"],
    [{ source: "x".repeat(3_000) }, "invalid-consent"],
  ])("should be refused in a grant that the playbook does not know: %#", (properties, reason) => {
    expect(granted(properties)).toEqual({ entries: [], refused: [reason] });
  });

  it("should widen a withdrawal of something undeclared to everything it may mean", () => {
    expect(told({ channel: "E-Mail", topic: "news", status: "withdrawn" }).entries).toMatchObject([
      { channel: "*", topic: "*", status: "withdrawn" },
    ]);
  });
});

describe("who said it", () => {
  const said = (standing: "public" | "proven" | "trusted", context?: JsonObject) =>
    consentOf(
      track("Consent Changed", {
        userId: "u1",
        at,
        standing,
        properties: { channel: "sms", status: "granted" },
        ...(context === undefined ? {} : { context }),
      }),
      document,
    ).entries;

  it("should be kept beside what was said, and nothing where the release before did not know", () => {
    expect(said("public")).toMatchObject([{ standing: "public" }]);
    expect(said("proven")).toMatchObject([{ standing: "proven" }]);
    expect(told({ status: "granted" }).entries[0]).not.toHaveProperty("standing");
    const context = { consent: { categoryPreferences: { marketing: true } } };
    expect(said("public", context)).toMatchObject([{ channel: "*", standing: "public" }, { channel: "sms" }]);
  });
});

describe("what a banner let somebody choose", () => {
  const chosen = (categoryPreferences: JsonObject) =>
    consentOf(track("Viewed", { userId: "u1", at, context: { consent: { categoryPreferences } } }), document);

  it("should say nothing of topics that are not the playbook's: a banner asks about cookies too", () => {
    const many = Object.fromEntries(Array.from({ length: 2_450 }, (_, index) => [`t${index}`, true]));
    expect(chosen({ ...many, Advertising: false, marketing: true }).entries).toMatchObject([
      { channel: "*", topic: "marketing", status: "granted", kind: "express" },
    ]);
  });

  it("should count as refused where two spellings of a topic differ", () => {
    expect(chosen({ Marketing: false, marketing: true }).entries).toMatchObject([{ status: "withdrawn" }]);
    expect(chosen({ marketing: true, Marketing: false }).entries).toMatchObject([{ status: "withdrawn" }]);
  });
});
