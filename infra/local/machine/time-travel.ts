import type { Settings } from "../state/settings.ts";
import type { Agenda } from "./agenda.ts";
import type { CloudClock } from "./clock.ts";

/** Moving the one clock, and waiting until everything it set in motion has come to rest. */
export type TimeTravel = {
  /** Resolves when no message waits for a function and no function runs. */
  readonly idle: () => Promise<void>;
  /** Moves to `target` (ms), running what falls due on the way in time order. @returns how many things fell due */
  readonly moveTo: (target: number) => Promise<number>;
  readonly now: () => number;
  readonly stop: () => void;
};

type Around = {
  readonly clock: CloudClock;
  readonly agenda: Agenda;
  readonly settings: Settings;
  readonly isIdle: () => boolean;
  /** Hands over batches that only wait to fill. @returns whether there were any */
  readonly hurry: () => boolean;
  /** Deletes expired items. @returns how many */
  readonly sweep: () => number;
  readonly committed: () => Promise<void>;
};

/** How often expired items are swept in real time, in ms. */
const SWEEP_MS = 60_000;
/** Idle means idle over this many turns of the event loop: one turn may lie between a delete and the next delivery. */
const QUIET_TURNS = 4;

export function createTimeTravel(around: Around): TimeTravel {
  const { clock, agenda } = around;
  const sweeper = setInterval(around.sweep, SWEEP_MS);
  sweeper.unref();
  let moving: Promise<number> = Promise.resolve(0);
  let stopped = false;

  const idle = async (): Promise<void> => {
    let quiet = 0;
    while (quiet < QUIET_TURNS && !stopped) {
      await turn();
      if (around.isIdle()) quiet += 1;
      else {
        quiet = 0;
        if (!around.hurry()) await nap();
      }
    }
    await around.committed();
  };
  const travel = async (target: number): Promise<number> => {
    let fired = 0;
    agenda.pause();
    try {
      fired += agenda.runDue();
      await idle();
      for (;;) {
        const next = agenda.next();
        if (next === null || next > target || stopped) break;
        clock.moveTo(next);
        fired += agenda.runDue();
        if (!around.isIdle()) await idle();
      }
      clock.moveTo(target);
      fired += agenda.runDue() + around.sweep();
      around.settings.set("clock-offset", String(clock.offset()));
      await idle();
      return fired;
    } finally {
      agenda.resume();
    }
  };
  return {
    idle,
    now: clock.now,
    moveTo: (target) => {
      // One journey at a time: the next starts where the last one ended.
      moving = moving.catch(() => 0).then(() => travel(target));
      return moving;
    },
    stop: () => {
      stopped = true;
      clearInterval(sweeper);
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const nap = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
