import type { Slice } from "#domain/audience/job.ts";
import type { DomainEvent, Timer } from "#domain/records/effects.ts";
import { JobTurn } from "#events/job-turn.ts";
import { hashId } from "#kernel/hash.ts";

type Turn = Pick<Slice, "jobId" | "round" | "slice" | "turn">;

/** Asks the walker for a slice's next turn. The same however often it is asked. */
export const turnEvent = ({ jobId, round, slice, turn }: Turn): DomainEvent => ({
  id: hashId("trn", jobId, String(round), String(slice), String(turn)),
  name: JobTurn.name,
  detail: { v: JobTurn.version, jobId, round, slice, turn },
});

/** The same, at `due` (ISO-8601 UTC). */
export const turnTimer = (turn: Turn, due: string): Timer => {
  const event = turnEvent(turn);
  return { id: hashId("tmr", event.id, due), due, event };
};
