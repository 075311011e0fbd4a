import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { DomainEvent } from "#domain/records/effects.ts";
import { RapportError } from "#kernel/errors.ts";
import type { EventBus } from "#ports/event-bus.ts";

/** The `source` of every domain event we publish. */
const EVENT_SOURCE = "rapport";
const MAX_ENTRIES = 10;
const MAX_TRIES = 3;

const batchesOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** The bus `rapport`. PutEvents answers 200 even when it refused entries: those alone are tried again. */
export const eventBridgeBus = (options: { client: EventBridgeClient; bus: string }): EventBus => {
  const putBatch = async (events: readonly DomainEvent[], tries = 1): Promise<void> => {
    const answer = await options.client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: options.bus,
          Source: EVENT_SOURCE,
          DetailType: event.name,
          Detail: JSON.stringify(event.detail),
        })),
      }),
    );
    if ((answer.FailedEntryCount ?? 0) === 0) return;
    const refused = events.filter((_, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
    if (tries >= MAX_TRIES) throw new RapportError("unavailable", "the event bus refused events");
    await putBatch(refused, tries + 1);
  };
  return {
    publish: async (events) => {
      await Promise.all(batchesOf(events, MAX_ENTRIES).map((batch) => putBatch(batch)));
    },
  };
};
