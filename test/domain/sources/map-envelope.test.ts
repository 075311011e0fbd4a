import { describe, expect, it } from "vitest";
import { type Envelope, mapEnvelope } from "#domain/sources/map-envelope.ts";
import { RapportError } from "#kernel/errors.ts";
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
