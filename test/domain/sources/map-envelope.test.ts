import { describe, expect, it } from "vitest";
import { type Envelope, mapEnvelope } from "#domain/sources/map-envelope.ts";
import { RapportError } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";
import { playbookOf } from "../../support/decisions/decision.ts";

const { sources } = playbookOf({
  sources: [
    {
      name: "parcels",
      match: { source: ["carrier.example"], "detail-type": ["Parcel Delivered"] },
      customer: { userId: "envelope.detail.customer", email: "envelope.detail.mail" },
      event: "Parcel Delivered",
      properties: { parcel: "envelope.detail.id", heavy: "envelope.detail.grams > 1000" },
      at: "envelope.detail.when",
    },
  ],
});

const envelope: Envelope = {
  id: "e-1",
  source: "carrier.example",
  "detail-type": "Parcel Delivered",
  time: "2026-04-01T10:00:00Z",
  detail: { customer: 17, id: "P9", grams: 1200, when: "2026-04-01T11:30:00+02:00" },
};

describe("a cloud event", () => {
  it("becomes the event its source declares, about the customer it names, at the time it says", () => {
    expect(mapEnvelope(sources, envelope, "2026-04-01T10:00:01.000Z")).toEqual([
      expect.objectContaining({
        type: "track",
        name: "Parcel Delivered",
        userId: "17",
        properties: { parcel: "P9", heavy: true },
        at: "2026-04-01T09:30:00.000Z",
        source: "parcels",
      }),
    ]);
  });

  it("says no more than the source told: nothing imported, at the start of its chain, no empty names", () => {
    const [event] = mapEnvelope(sources, envelope, "2026-04-01T10:00:01.000Z");
    expect(event).toMatchObject({ imported: false, depth: 0, standing: "trusted" });
    expect(event).not.toHaveProperty("anonymousId");
    expect(event).not.toHaveProperty("identifiers");
  });

  it("keeps each kind of name in its own place, and leaves out what is no name", () => {
    const named = playbookOf({
      sources: [
        {
          name: "shop",
          match: { source: ["carrier.example"] },
          customer: {
            anonymousId: "envelope.detail.browser",
            userId: "envelope.detail.customer",
            email: "envelope.detail.mail",
            phone: "envelope.detail.phone",
          },
          event: "Seen",
          properties: {},
        },
      ],
    });
    const told = (detail: JsonObject) =>
      mapEnvelope(named.sources, { ...envelope, detail }, "2026-04-01T10:00:01.000Z")[0];
    expect(told({ browser: "b-1", customer: "", mail: "a@b.example", phone: true })).toMatchObject({
      anonymousId: "b-1",
      identifiers: [{ type: "email", value: "a@b.example" }],
    });
    expect(told({ browser: "b-1", customer: "", mail: "a@b.example" })).not.toHaveProperty("userId");
    expect(told({ customer: "u-1" })).not.toHaveProperty("identifiers");
    expect(told({ mail: "a@b.example" })).not.toHaveProperty("anonymousId");
  });

  it("has the same id when it is delivered twice", () => {
    const [first] = mapEnvelope(sources, envelope, "2026-04-01T10:00:01.000Z");
    const [again] = mapEnvelope(sources, envelope, "2026-04-01T10:05:00.000Z");
    expect(again?.id).toBe(first?.id);
  });

  it("concerns nobody when no source matches", () => {
    expect(mapEnvelope(sources, { ...envelope, source: "other" }, "2026-04-01T10:00:01.000Z")).toEqual([]);
  });

  it("that names no customer is refused with the identifiers that were looked for", () => {
    const nameless = { ...envelope, detail: { id: "P9" } };
    expect(() => mapEnvelope(sources, nameless, "2026-04-01T10:00:01.000Z")).toThrow(RapportError);
  });
});
