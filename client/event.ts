import type { Collected, SegmentEvent } from "./api.generated.ts";
import type { QueuedEvent } from "./event-queue.ts";

/** Version 4 of RFC 9562, also on pages without TLS, where browsers keep `randomUUID` back. */
export const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) =>
    (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte)
      .toString(16)
      .padStart(2, "0"),
  );
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** The event with what makes it count once, at its time: an id and now, unless it says its own. */
export const queued = (event: SegmentEvent): QueuedEvent => ({
  ...event,
  messageId: String(event.messageId ?? newId()),
  timestamp: String(event.timestamp ?? new Date().toISOString()),
});

/** What the reserved event `Consent Changed` says of a customer. */
export interface ConsentChange {
  readonly channel: string;
  readonly topic?: string;
  readonly status: "granted" | "withdrawn";
  readonly kind: "express" | "implied";
  /** Where it was said, such as `sign-up form`. */
  readonly source: string;
  /** The words that the customer agreed to. */
  readonly text?: string;
}

/** The event that tells of consent. */
export const consentEvent = (change: ConsentChange) =>
  ({ type: "track", event: "Consent Changed", properties: { ...change } }) as const;

/** What `POST /v1/batch` takes. `sentAt` corrects a wrong clock: it is the time of the try, not of the events. */
export const batchBody = (batch: readonly SegmentEvent[]) => ({ sentAt: new Date().toISOString(), batch });

/** The hub's answer to a batch, as its document promises it. */
export const asCollected = (answer: unknown): Collected => answer as Collected;
