import type { Described, Description } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

type Event = Description<typeof operations.track>;
type Batch = Description<typeof operations.batch>;
type Json = NonNullable<Event["request"]["application/json"]>;

const answers = { 200: { success: true } } as const;
const who = { userId: "kim", messageId: "order-1", timestamp: "2026-11-30T09:30:00.000Z" };

const event = (summary: string, json: Json): Event => ({
  summary,
  description:
    "As Segment's clients send it, at most 32 KB. A CloudEvent in structured JSON form is taken as a track event.",
  request: {
    "application/json": json,
    "application/cloudevents+json": {
      specversion: "1.0",
      id: "1",
      source: "https://shop.example/orders",
      type: "Order Completed",
      time: "2026-11-30T09:30:00Z",
      data: { userId: "kim", total: 24.5 },
    },
  },
  answers,
});
const identify = event("Say who somebody is", {
  ...who,
  traits: { email: "kim@example.com", firstName: "Kim" },
});
const track = event("Say what somebody did", {
  ...who,
  event: "Order Completed",
  properties: { total: 24.5 },
});
const page = event("Say which page somebody looked at", { ...who, name: "Home", properties: { path: "/" } });
const screen = event("Say which screen of an app somebody looked at", { ...who, name: "Basket" });
const group = event("Say which group somebody belongs to", {
  ...who,
  groupId: "acme",
  traits: { plan: "team" },
});
const alias = event("Say that two ids are one person", { ...who, previousId: "visitor-7" });

const several = (summary: string, description: string): Batch => ({
  summary,
  description,
  request: {
    "application/json": {
      batch: [
        { type: "identify", userId: "kim", traits: { firstName: "Kim" } },
        { type: "track", userId: "kim", event: "Product Viewed", properties: { product_id: "p1" } },
      ],
    },
  },
  answers,
});
const batch = several(
  "Collect up to 2,500 events at once",
  "At most 500 KB. An event that cannot be taken is left out and named in `rejected`; the others are kept.",
);
const short = <Told extends Event | Batch>(told: Told, path: string): Told => ({
  ...told,
  summary: `The same as ${path}, as browsers call it`,
});

export const described: Described<typeof operations> = {
  tag: { name: "Events", description: "What customers do, as Segment's clients tell it." },
  calls: {
    identify,
    track,
    page,
    screen,
    group,
    alias,
    batch,
    import: several("Collect old events", "As a batch. They are applied to profiles, and trigger nothing."),
    identifyShort: short(identify, "/v1/identify"),
    trackShort: short(track, "/v1/track"),
    pageShort: short(page, "/v1/page"),
    screenShort: short(screen, "/v1/screen"),
    groupShort: short(group, "/v1/group"),
    aliasShort: short(alias, "/v1/alias"),
    batchShort: short(batch, "/v1/batch"),
    takeHealthReport: { summary: "Take the health report of analytics.js, and forget it", answers },
    showSettings: {
      summary: "The settings that analytics.js asks for before it sends",
      params: { writeKey: { about: "A write key", example: "local-write-key" } },
      answers: { 200: { integrations: { "Segment.io": { apiKey: "local-write-key" } } } },
    },
  },
};
