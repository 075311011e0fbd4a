import type { Clock, Ids } from "#ports/clock.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { count } from "#runtime/metrics.ts";
import { settingsFor } from "./browser.ts";
import type { Arrival } from "./normalize.ts";
import type { EVENT_TYPES, operations } from "./operations.ts";
import { type ReadEvents, readBatch, readCloudEvent, readOne } from "./read-events.ts";

type CollectDependencies = {
  readonly inbox: Inbox;
  readonly publicUrl: string;
  /** The secrets that proofs of identity are signed with. */
  readonly identityKeys: () => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly ids: Ids;
};
type CollectCall = Call<typeof operations.track>;
type Collected = Answer<typeof operations.track>;

const isCloudEvent = ({ headers }: CollectCall): boolean =>
  headers["content-type"]?.toLowerCase().startsWith("application/cloudevents+json") ?? false;

/** Few events bring a proof: for the others no secret is read, and nothing is looked for. */
const mayProve = ({ bodyBytes }: CollectCall): boolean => bodyBytes.includes('"identity"');

/** What answers the calls of operations.ts. */
export const collectCalls = (deps: CollectDependencies): Handlers<typeof operations> => {
  /** What a write key says anybody may have said, but for what it proves. */
  const standingIn = async (call: CollectCall): Promise<Arrival["standing"]> =>
    call.caller.kind === "write"
      ? { identityKeys: mayProve(call) ? await deps.identityKeys() : [] }
      : "trusted";
  const arrivalOf = async (call: CollectCall, imported: boolean): Promise<Arrival> => ({
    keyHash: call.caller.hash,
    source: call.caller.name,
    receivedAt: deps.clock.now(),
    sourceIp: call.sourceIp,
    imported,
    standing: await standingIn(call),
    newId: () => deps.ids.id("gen"),
  });
  /** Puts the events on the queue, then answers. */
  const collect = async ({ events, rejected }: ReadEvents): Promise<Collected> => {
    await deps.inbox.send(events);
    count(METRICS.eventsCollected, events.length);
    count(METRICS.eventsRejected, rejected.length);
    return { status: 200, json: { success: true, ...(rejected.length === 0 ? {} : { rejected }) } };
  };
  const one = (type: (typeof EVENT_TYPES)[number]) => async (call: CollectCall) => {
    const bytes = call.bodyBytes.length;
    const arrival = await arrivalOf(call, false);
    if (isCloudEvent(call)) return collect(readCloudEvent(call.json(), bytes, arrival));
    return collect(readOne(type, call.json(), bytes, arrival));
  };
  const several = (imported: boolean) => async (call: CollectCall) =>
    collect(readBatch(call.json(), call.bodyBytes.length, await arrivalOf(call, imported)));
  return {
    identify: one("identify"),
    track: one("track"),
    page: one("page"),
    screen: one("screen"),
    group: one("group"),
    alias: one("alias"),
    batch: several(false),
    import: several(true),
    identifyShort: one("identify"),
    trackShort: one("track"),
    pageShort: one("page"),
    screenShort: one("screen"),
    groupShort: one("group"),
    aliasShort: one("alias"),
    batchShort: several(false),
    takeHealthReport: async () => ({ status: 200, json: { success: true } }),
    showSettings: async ({ params }) => ({
      status: 200,
      json: settingsFor(params.writeKey, deps.publicUrl),
    }),
  };
};
