import { $ZodError } from "zod/v4/core";
import type { CollectedEvent } from "#domain/records/event.ts";
import { RapportError } from "#kernel/errors.ts";
import type { PoisonEvent } from "#ports/dead-letters.ts";
import { parse } from "#runtime/parse.ts";
import type { ReadMessage } from "#usecases/apply/apply-message.ts";
import { CollectedEventSchema, InboxMessageSchema } from "./schema.ts";

/** A message of the inbox (`body`: parsed JSON), its events apart from what is none. */
export const readMessage = (body: unknown): ReadMessage => {
  const message = parse(InboxMessageSchema, body);
  const events: CollectedEvent[] = [];
  const poison: PoisonEvent[] = [];
  for (const candidate of message.events) {
    try {
      events.push(parse(CollectedEventSchema, candidate));
    } catch (error) {
      if (!(error instanceof RapportError) && !(error instanceof $ZodError)) throw error;
      const reason = new RapportError("poison_event", "this is not an event", { cause: error });
      poison.push({ event: candidate, reason });
    }
  }
  return { group: message.group, events, poison };
};

/** Messages of one group as one, in their order. */
export const readMessages = (bodies: readonly unknown[]): ReadMessage => {
  const messages = bodies.map(readMessage);
  return {
    group: messages[0]?.group ?? "",
    events: messages.flatMap(({ events }) => events),
    poison: messages.flatMap(({ poison }) => poison),
  };
};
