import { RapportError } from "#kernel/errors.ts";
import { METRICS } from "#ports/metric-names.ts";
import { systemClock, systemIds } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { type HttpRequest, type HttpResponse, httpHandler } from "#runtime/http/http-handler.ts";
import { count } from "#runtime/metrics.ts";
import { inbox } from "#runtime/stores.ts";
import { settingsFor } from "./browser.ts";
import { type Collection, collectBatch, collectCloudEvent, collectOne } from "./collect.ts";
import type { Arrival } from "./normalize.ts";
import type { EVENT_TYPES } from "./schema.ts";

const { publicUrl } = readEnv("publicUrl");
const accepted = await inbox();

/** Segment's short paths are for browsers, where every byte counts. */
const TYPES: Readonly<Record<string, (typeof EVENT_TYPES)[number]>> = {
  identify: "identify",
  track: "track",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  i: "identify",
  t: "track",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
};
const BATCHES = ["batch", "b", "import"];

const collected = (name: string, request: HttpRequest): Collection => {
  const bytes = request.bodyBytes.length;
  const arrival: Arrival = {
    keyHash: request.key?.hash ?? "",
    source: request.key?.name ?? "",
    receivedAt: systemClock.now(),
    sourceIp: request.sourceIp,
    imported: name === "import",
    newId: () => systemIds.id("gen"),
  };
  if (BATCHES.includes(name)) return collectBatch(request.json(), bytes, arrival);
  if (request.headers["content-type"]?.toLowerCase().startsWith("application/cloudevents+json")) {
    return collectCloudEvent(request.json(), bytes, arrival);
  }
  const type = TYPES[name];
  if (type === undefined) throw new RapportError("not_found", "there is nothing under this path");
  return collectOne(type, request.json(), bytes, arrival);
};

const collect = async (request: HttpRequest): Promise<HttpResponse> => {
  const name = request.path.split("/").at(-1) ?? "";
  // analytics.js reports its own health here; nobody needs it.
  if (name === "m") return { status: 200, json: { success: true } };
  if (name === "settings") {
    return { status: 200, json: settingsFor(request.params.writeKey ?? "", publicUrl) };
  }
  const { events, rejected } = collected(name, request);
  await accepted.send(events);
  count(METRICS.eventsCollected, events.length);
  count(METRICS.eventsRejected, rejected.length);
  return { status: 200, json: { success: true, ...(rejected.length === 0 ? {} : { rejected }) } };
};

const KEYLESS = ["POST /v1/m", "GET /v1/projects/{writeKey}/settings"];

export const handler = httpHandler(
  { scope: (route) => (KEYLESS.includes(route) ? null : "collect") },
  collect,
);
