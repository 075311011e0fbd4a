import type { JsonObject, SegmentEvent } from "./api.generated.ts";
import { asCollected, batchBody, type ConsentChange, consentEvent, queued } from "./event.ts";
import { eventQueue, type QueuedEvent, type QueueOptions } from "./event-queue.ts";
import { askSlots, type Slot } from "./slots.ts";
import { onLeaving, pageHere, placeHere, sendBeacon } from "./surroundings.ts";
import { type TransportOptions, transport } from "./transport.ts";
import { type Identity, rememberedVisitor, type Visitor } from "./visitor.ts";

export interface PageClientOptions extends TransportOptions, QueueOptions {
  /** A write key: it may stand in a page, where everybody can read it. */
  readonly writeKey: string;
  /** Of who is logged in, made by the company's server. */
  readonly identity?: Identity | undefined;
}

/** What a page or an app tells and asks about whoever looks at it. Events wait a moment and travel together. */
export interface PageClient {
  /** Says who the visitor is, from now on and before. `identity` proves it: without, the hub believes little of it. */
  identify(userId: string, traits?: JsonObject, identity?: Identity): void;
  /** Says what the visitor did. */
  track(event: string, properties?: JsonObject): void;
  /** Says which page is looked at. */
  page(name?: string, properties?: JsonObject): void;
  /** Says that two ids are one person; without `previousId` the id that this browser had. */
  alias(userId: string, previousId?: string): void;
  /** Tells what the visitor agreed to, or no longer. */
  consent(change: ConsentChange): void;
  /** Asks what to show in placements that the playbook calls public: one `Slot` for each that shows something. */
  slots(placements: readonly string[], context?: JsonObject): Promise<readonly Slot[]>;
  /** Who looks at the page, as far as it knows. */
  visitor(): Visitor;
  /** Forgets the visitor: whoever comes next is somebody else. Call it when somebody logs out. */
  reset(): void;
  /** Sends at once what waits. */
  flush(): Promise<void>;
}

/**
 * A client for web pages and apps, which hold nothing but a write key. It remembers the visitor in `localStorage`. The key
 * travels in bodies without a type of their own, so that browsers do not ask first whether they may call.
 */
export const pageClient = (options: PageClientOptions): PageClient => {
  const { writeKey } = options;
  const send = transport(options, {});
  const { now, logIn, forget } = rememberedVisitor(options.identity);
  const bodyOf = (batch: readonly QueuedEvent[]) => ({ writeKey, ...batchBody(batch) });
  const path = "/v1/batch";

  const queue = eventQueue(
    async (batch) =>
      asCollected(await send({ method: "POST", path, body: () => bodyOf(batch), repeatable: true })),
    options,
  );

  const add = (event: SegmentEvent): void => {
    const { anonymousId, userId, identity } = now();
    queue.add(
      queued({ anonymousId, userId: userId ?? null, ...event, context: { ...placeHere(), identity } }),
    );
  };

  onLeaving(() => {
    queue.leave((batch) => {
      const address = options.url.replace(/\/+$/, "") + path;
      if (sendBeacon(address, JSON.stringify(bodyOf(batch)))) return;
      const last = { method: "POST", path, body: () => bodyOf(batch), repeatable: false, keepalive: true };
      // Nobody is there any more to hear of it.
      send(last).catch(() => undefined);
    });
  });

  return {
    identify: (userId, traits = {}, identity) => {
      logIn(userId, identity);
      add({ type: "identify", traits });
    },
    track: (event, properties = {}) => add({ type: "track", event, properties }),
    page: (name, properties) =>
      add({ type: "page", name: name ?? null, properties: { ...pageHere(), ...properties } }),
    alias: (userId, previousId = now().userId ?? now().anonymousId) => {
      logIn(userId);
      add({ type: "alias", previousId });
    },
    consent: (change) => add(consentEvent(change)),
    slots: (placements, context = {}) => askSlots(send, now(), { writeKey, placements, context }),
    visitor: now,
    reset: forget,
    flush: queue.flush,
  };
};
