import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proofOf } from "#domain/identity/proof.ts";
import type { Arrival } from "#functions/collect/http/normalize.ts";
import { readBatch, readCloudEvent, readOne } from "#functions/collect/http/read-events.ts";
import type { JsonObject } from "#kernel/json.ts";
import { thrownBy } from "../../support/handlers/errors.ts";

const RECEIVED = Date.parse("2026-03-01T12:00:00.000Z");
const arrival: Arrival = {
  keyHash: "k1",
  source: "shop",
  receivedAt: RECEIVED,
  sourceIp: "203.0.113.9",
  imported: false,
  standing: { identityKeys: ["identity-key"] },
  newId: () => "gen_1",
};

describe("a single event", () => {
  it("keeps what Segment's shape says and names the event", () => {
    const body = { userId: 42, event: "Order Completed", properties: { total: 9 }, messageId: "m1" };
    const [event] = readOne("track", body, 100, arrival).events;
    expect(event).toMatchObject({
      type: "track",
      name: "Order Completed",
      userId: "42",
      properties: { total: 9 },
    });
    expect(event?.depth).toBe(0);
  });

  it("has the same id however often and whenever the client sends it again", () => {
    const body = { userId: "u", messageId: "m1", timestamp: "2026-03-01T11:00:00Z" };
    const first = readOne("identify", body, 10, arrival).events[0];
    const again = readOne("identify", body, 10, { ...arrival, receivedAt: RECEIVED + 60_000 }).events[0];
    expect(again?.id).toBe(first?.id);
    const other = readOne("identify", body, 10, { ...arrival, keyHash: "k2" }).events[0];
    expect(other?.id).not.toBe(first?.id);
  });

  it("corrects a client clock that is an hour slow", () => {
    const body = { userId: "u", timestamp: "2026-03-01T10:30:00Z", sentAt: "2026-03-01T11:00:00Z" };
    expect(readOne("identify", body, 10, arrival).events[0]?.at).toBe("2026-03-01T11:30:00.000Z");
  });

  it("never dates an event after its arrival", () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true }),
        fc.option(fc.date({ noInvalidDate: true })),
        (time, sent) => {
          const body = { userId: "u", timestamp: time.toISOString(), sentAt: sent?.toISOString() };
          const at = readOne("identify", body, 10, arrival).events[0]?.at ?? "";
          return Date.parse(at) <= RECEIVED;
        },
      ),
    );
  });

  it.each([
    ["track", { userId: "u" }, "event"],
    ["identify", {}, "userId"],
    ["group", { userId: "u" }, "groupId"],
    ["alias", { userId: "u" }, "previousId"],
    ["track", { userId: "u", event: 7 }, "event"],
    ["identify", { userId: "u", traits: "no" }, "traits"],
  ] as const)("refuses a %s that lacks or garbles %j and names %s", (type, body, path) => {
    const error = thrownBy(() => readOne(type, body, 10, arrival));
    expect(error.code).toBe("invalid_request");
    expect(error.errors.map((field) => field.path)).toContain(path);
  });

  it("refuses one byte over 32 KB", () => {
    expect(thrownBy(() => readOne("track", {}, 32 * 1024 + 1, arrival)).code).toBe("event_too_large");
  });
});

describe("a batch", () => {
  const track = (n: number) => ({ type: "track", event: "e", userId: "u", messageId: `m${n}` });

  it("drops what is broken or too large, and says which", () => {
    const huge = { ...track(1), properties: { text: "x".repeat(33 * 1024) } };
    const batch = [track(0), huge, { type: "nonsense" }, null, track(4)];
    const result = readBatch({ batch }, 40_000, arrival);
    expect(result.events).toHaveLength(2);
    expect(result.rejected).toEqual([
      { index: 1, code: "event_too_large" },
      { index: 2, code: "invalid_request" },
      { index: 3, code: "invalid_request" },
    ]);
  });

  it("takes 2,500 events and drops those past them", () => {
    const batch = Array.from({ length: 2_501 }, (_, n) => track(n));
    const result = readBatch({ batch }, 400_000, arrival);
    expect(result.events).toHaveLength(2_500);
    expect(result.rejected).toEqual([{ index: 2_500, code: "batch_too_large" }]);
  });

  it("refuses 501 KB whole", () => {
    expect(thrownBy(() => readBatch({ batch: [] }, 501 * 1024, arrival)).code).toBe("batch_too_large");
  });

  it("lends its context and sentAt to every event", () => {
    const body = {
      batch: [{ ...track(0), timestamp: "2026-03-01T10:00:00Z", context: { locale: "de" } }],
      context: { app: { name: "shop" }, locale: "en" },
      sentAt: "2026-03-01T11:00:00Z",
    };
    const [event] = readBatch(body, 100, arrival).events;
    expect(event?.context).toEqual({ app: { name: "shop" }, locale: "de" });
    expect(event?.at).toBe("2026-03-01T11:00:00.000Z");
  });
});

describe("a CloudEvent", () => {
  it("is identified by source and id, and about the person its data names", () => {
    const body = {
      specversion: "1.0",
      id: "1",
      source: "/scales/7",
      type: "parcel.weighed",
      time: "2026-03-01T11:00:00Z",
      data: { userId: "u7", grams: 120 },
    };
    const [event] = readCloudEvent(body, 100, arrival).events;
    expect(event).toMatchObject({ name: "parcel.weighed", userId: "u7", at: "2026-03-01T11:00:00.000Z" });
    const other = readCloudEvent({ ...body, source: "/scales/8" }, 100, arrival).events[0];
    expect(other?.id).not.toBe(event?.id);
  });
});

describe("what a batch says for all its events", () => {
  const track = (index: number, more: object = {}) => ({
    type: "track",
    userId: `u${index}`,
    event: "E",
    messageId: `m${index}`,
    ...more,
  });
  const collected = (batch: unknown[], context: object) => {
    const body = { batch, context };
    return readBatch(body, Buffer.byteLength(JSON.stringify(body)), arrival);
  };

  it("is measured with each event: one that grows past 32 KB by it is dropped and named", () => {
    const { events, rejected } = collected([track(0)], { note: "x".repeat(460_000) });
    expect(events).toEqual([]);
    expect(rejected).toEqual([{ index: 0, code: "event_too_large" }]);
  });

  it("weighs nothing where the event says the same member itself", () => {
    const small = track(0, { context: { note: "mine" } });
    const { events, rejected } = collected([small, track(1)], { note: "x".repeat(40_000) });
    expect(events.map(({ userId, context }) => ({ userId, context }))).toEqual([
      { userId: "u0", context: { note: "mine" } },
    ]);
    expect(rejected).toEqual([{ index: 1, code: "event_too_large" }]);
  });

  it("cannot make more than 4 MB of a batch: what is past that is dropped and named", () => {
    const { events, rejected } = collected(
      Array.from({ length: 1_500 }, (_, index) => track(index)),
      { note: "x".repeat(30_000) },
    );
    expect(events.length).toBeGreaterThan(100);
    expect(events.length * 30_000).toBeLessThan(4 * 1024 * 1024);
    expect(events.length + rejected.length).toBe(1_500);
    expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set(["batch_too_large"]));
  });

  it("leaves small batches as they were", () => {
    const { events, rejected } = collected([track(0), track(1)], { ip: "203.0.113.9" });
    expect(events.map(({ context }) => context)).toEqual([{ ip: "203.0.113.9" }, { ip: "203.0.113.9" }]);
    expect(rejected).toEqual([]);
  });
});

describe("the standing of an event", () => {
  const AT = "2026-03-01T11:30:00Z";
  const identity = proofOf("identity-key", "kim", AT);
  const standing = (event: JsonObject, by: Partial<Arrival> = {}) =>
    readOne("track", { event: "Seen", ...event }, 100, { ...arrival, ...by }).events[0]?.standing;

  it("should be public by a write key, and trusted by a secret key", () => {
    expect(standing({ userId: "kim" })).toBe("public");
    expect(standing({ userId: "kim" }, { standing: "trusted" })).toBe("trusted");
  });

  it("should be proven where a proof holds for the event's user", () => {
    expect(standing({ userId: "kim", context: { identity } })).toBe("proven");
    expect(
      standing({ userId: 42, context: { identity: { ...proofOf("identity-key", "42", AT), userId: 42 } } }),
    ).toBe("proven");
  });

  it.each<[string, JsonObject]>([
    ["of another user", { userId: "lee", context: { identity } }],
    ["of a visitor, who has no user id", { anonymousId: "kim", context: { identity } }],
    [
      "who is only said to be somebody by traits",
      { anonymousId: "a", traits: { userId: "kim" }, context: { identity } },
    ],
    ["by another secret", { userId: "kim", context: { identity: proofOf("another", "kim", AT) } }],
    [
      "of the day before yesterday",
      { userId: "kim", context: { identity: proofOf("identity-key", "kim", "2026-02-27T12:00:00Z") } },
    ],
    ["without a time", { userId: "kim", context: { identity: { userId: "kim", proof: identity.proof } } }],
    ["that is no object", { userId: "kim", context: { identity: identity.proof } }],
  ])("should stay public with a proof %s", (_, event) => {
    expect(standing(event)).toBe("public");
  });

  it("should be told event by event in a batch, whose context may hold the proof", () => {
    const batch = {
      context: { identity },
      batch: [
        { type: "track", event: "Seen", userId: "kim" },
        { type: "track", event: "Seen", userId: "lee" },
        { type: "track", event: "Seen", anonymousId: "a" },
      ],
    };
    const { events } = readBatch(batch, 100, arrival);
    expect(events.map((event) => event.standing)).toEqual(["proven", "public", "public"]);
  });

  it("should be taken from nothing that the event says of itself", () => {
    expect(standing({ userId: "kim", standing: "trusted" })).toBe("public");
    const cloudEvent = { specversion: "1.0", id: "1", source: "s", type: "Seen", data: { userId: "kim" } };
    expect(readCloudEvent(cloudEvent, 100, arrival).events[0]?.standing).toBe("public");
  });

  it("should not keep the proof, which whoever reads it could use", () => {
    const { events } = readOne(
      "track",
      { event: "Seen", userId: "kim", context: { identity } },
      100,
      arrival,
    );
    expect(events[0]?.context).toEqual({ identity: { userId: "kim", at: AT } });
  });
});

describe("who an event is about", () => {
  const track = (ids: object) => ({ event: "Seen", messageId: "m1", ...ids });
  const one = (ids: object) => readOne("track", track(ids), 100, arrival).events[0];
  const errorOf = (ids: object) => thrownBy(() => one(ids));

  it.each([
    ["an empty userId", { userId: "", anonymousId: "a1" }, { anonymousId: "a1" }],
    ["a blank userId", { userId: " ", anonymousId: "a1" }, { anonymousId: "a1" }],
    ["a userId of null", { userId: null, anonymousId: "a1" }, { anonymousId: "a1" }],
    ["an empty anonymousId", { userId: "kim", anonymousId: "" }, { userId: "kim" }],
  ])("should be told by the other id beside %s", (_, ids, expected) => {
    const { userId, anonymousId } = one(ids) ?? {};
    expect(JSON.parse(JSON.stringify({ userId, anonymousId }))).toEqual(expected);
  });

  it.each(["undefined", "null", "0", "[object Object]", "NaN", "None", "{{User ID}}", 0])(
    "should be refused where it is %j alone",
    (userId) => {
      expect(errorOf({ userId }).errors).toEqual([
        { path: "userId", expected: "userId or anonymousId", got: "nothing" },
      ]);
      expect(errorOf({ anonymousId: userId }).code).toBe("invalid_request");
    },
  );

  it("should be told by index where a batch names nobody", () => {
    const batch = [
      { userId: "kim" },
      { userId: "undefined" },
      { anonymousId: "null" },
      { userId: "null", anonymousId: "a" },
    ];
    const { events, rejected } = readBatch(
      { batch: batch.map((ids) => ({ type: "track", ...track(ids) })) },
      100,
      arrival,
    );
    expect(events).toHaveLength(2);
    expect(rejected).toEqual([
      { index: 1, code: "invalid_request" },
      { index: 2, code: "invalid_request" },
    ]);
  });

  it("should be refused as a number past 2^53, with a hint to send text", () => {
    for (const name of ["userId", "anonymousId", "groupId", "messageId"]) {
      const body = JSON.parse(`{"${name}": 739847298374982701}`);
      expect(errorOf({ userId: "kim", ...body }).errors).toEqual([
        { path: name, expected: "text: JSON rounds a number past 2^53", got: "number" },
      ]);
    }
    expect(one({ userId: 9_007_199_254_740_991 })?.userId).toBe("9007199254740991");
  });

  it("should be refused where characters are broken", () => {
    for (const userId of ["kim\ud800", "kim\udc00", "kim\ufffd"]) {
      expect(errorOf({ userId }).errors).toMatchObject([
        { path: "userId", expected: "text in whole characters" },
      ]);
    }
  });

  it("should be refused in an alias of nobody", () => {
    const alias = (ids: object) => thrownBy(() => readOne("alias", ids, 100, arrival)).errors[0]?.path;
    expect(alias({ userId: "kim", previousId: "undefined" })).toBe("previousId");
    expect(alias({ userId: "null", previousId: "kim", anonymousId: "a1" })).toBe("userId");
  });

  it("should be told by a CloudEvent's data as by any event", () => {
    const event = (data: object, subject?: string) =>
      readCloudEvent({ specversion: "1.0", id: "1", source: "s", type: "Seen", subject, data }, 100, arrival);
    expect(event({ userId: 42 }).events[0]?.userId).toBe("42");
    expect(event({ userId: "" }, "kim").events[0]?.userId).toBe("kim");
    expect(event({ userId: {} }, "kim").events[0]?.userId).toBe("kim");
    const rounded = JSON.parse('{"userId": 739847298374982701}');
    expect(thrownBy(() => event(rounded, "kim")).errors[0]?.path).toBe("data.userId");
  });

  it("should make two events of two whose messageId says nothing", () => {
    let made = 0;
    const newId = () => {
      made += 1;
      return `gen_${made}`;
    };
    const ids = ["undefined", "null", "[object Object]", "", 0].map(
      (messageId) =>
        readOne("track", track({ userId: "kim", messageId }), 100, { ...arrival, newId }).events[0]?.id,
    );
    expect(new Set(ids).size).toBe(5);
  });
});

it("takes what identify says from the context, where RudderStack's clients put it, and from nowhere else of other events", () => {
  const traits = (type: "identify" | "track", more: object) =>
    readOne(type, { event: "Seen", userId: "kim", ...more }, 100, arrival).events[0]?.traits;
  const context = { traits: { firstName: "Ada" } };
  expect(traits("identify", { context })).toEqual({ firstName: "Ada" });
  expect(traits("identify", { context, traits: { firstName: "Kim" } })).toEqual({ firstName: "Kim" });
  expect(traits("track", { context })).toBeUndefined();
  expect(traits("identify", { context: { traits: "Ada" } })).toBeUndefined();
});

describe("the times of an event", () => {
  const RECEIVED_S = RECEIVED / 1_000;
  const at = (times: object, by: Partial<Arrival> = {}) =>
    readOne("track", { event: "Seen", userId: "kim", ...times }, 100, { ...arrival, ...by }).events[0]?.at;

  it("should be read in seconds and milliseconds since 1970", () => {
    expect(at({ timestamp: RECEIVED_S - 1_800 })).toBe("2026-03-01T11:30:00.000Z");
    expect(at({ timestamp: RECEIVED - 1_800_000 })).toBe("2026-03-01T11:30:00.000Z");
    const slow = { originalTimestamp: RECEIVED - 5_400_000, sentAt: RECEIVED - 3_600_000 };
    expect(at(slow)).toBe("2026-03-01T11:30:00.000Z");
  });

  it("should be read in a batch's own sentAt as well", () => {
    const batch = [{ type: "track", event: "Seen", userId: "kim", timestamp: RECEIVED_S - 5_400 }];
    const { events } = readBatch({ batch, sentAt: RECEIVED - 3_600_000 }, 100, arrival);
    expect(events[0]?.at).toBe("2026-03-01T11:30:00.000Z");
  });

  it("should keep the age of an archived event", () => {
    const old = "2025-01-25T12:00:00.000Z";
    const record = { originalTimestamp: old, timestamp: old, sentAt: old, receivedAt: old };
    expect(at(record)).toBe(old);
    expect(at(record, { imported: true })).toBe(old);
  });
});
