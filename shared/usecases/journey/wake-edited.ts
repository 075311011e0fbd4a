import { editedSteps } from "#domain/journey/edited.ts";
import { dueTimer } from "#domain/journey/effects.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { fraction } from "#kernel/hash.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { RunEdit, RunEdits, RunLists } from "#ports/run-store.ts";
import type { Timers } from "#ports/timers.ts";

export type WakeDependencies = {
  readonly edits: RunEdits;
  readonly lists: Pick<RunLists, "atStep">;
  readonly timers: Timers;
  readonly document: (version: string) => Promise<PlaybookDocument>;
  readonly clock: Clock;
};

/** Whom a change concerns is woken within this, spread by a hash: what is due at once does not all leave in one minute. */
const SPREAD_MS = 15 * MINUTE_MS;
/** Every process has seen the new version by then. */
const SEEN_AFTER_MS = 10_000;
const PAGE = 100;
/** So long one tick goes on; the next one does the rest. */
const LONGEST_MS = 8_000;

/** Runs that rest where the version that was published says otherwise than the one before: they look anew, once. */
export const wakeEdited = async (deps: WakeDependencies): Promise<void> => {
  const until = deps.clock.now() + LONGEST_MS;
  for (const edit of await deps.edits.open()) {
    if (!(await wakeAll(deps, edit, until))) return;
    await deps.edits.done(edit);
  }
};

/** False: there was no time for all of it; where to go on is noted. */
const wakeAll = async (deps: WakeDependencies, edit: RunEdit, until: number): Promise<boolean> => {
  const [before, after] = await Promise.all([deps.document(edit.from), deps.document(edit.to)]);
  const steps = editedSteps(before, after);
  let { at, cursor } = edit;
  for (; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined) break;
    do {
      if (deps.clock.now() >= until) {
        await deps.edits.note(edit, { at, ...(cursor === undefined ? {} : { cursor }) });
        return false;
      }
      const page = await deps.lists.atStep(step.journey, step.step, {
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      await deps.timers.set(page.runs.map((run) => wakening(run, edit)));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }
  return true;
};

/** The same whoever sets it, and however often. */
const wakening = (run: JourneyRun, { id, since }: RunEdit) => {
  const due = Date.parse(since) + SEEN_AFTER_MS + Math.floor(fraction(id, run.runId) * SPREAD_MS);
  return dueTimer(run.home, run, new Date(due).toISOString());
};
