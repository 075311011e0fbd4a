import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Distances, Ended, Order, Report } from "./messages.ts";

/** How a run of tests ended: all passed, one failed, or one computed for so long that something must have become endless. */
export type Ending =
  | { readonly kind: "passed"; readonly distances: Distances }
  | { readonly kind: "failed"; readonly test: string | null; readonly by: string }
  | { readonly kind: "endless"; readonly by: string };

export interface Asker {
  readonly ask: (order: Order) => Promise<Ending>;
  readonly stop: () => void;
}

/** What one test file may compute, in ms: several times what the slowest of them needs. */
const ENDLESS_AFTER = 60_000;

/**
 * Has tests run by a process of their own, which stays from one order to the next and is replaced where one never ended.
 * `onEnded` hears of each file.
 */
export function startAsker(onEnded: (ended: Ended) => void): Asker {
  let tester: ChildProcess | null = null;
  const stop = (): void => {
    tester?.kill("SIGKILL");
    tester = null;
  };
  const once = async (order: Order): Promise<Ending> => {
    tester ??= fork(join(import.meta.dirname, "tester.ts"), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const ending = await endingOf(tester, order, onEnded);
    if (ending.kind === "endless" || isOutside(ending)) stop();
    return ending;
  };
  const ask: Asker["ask"] = async (order) => {
    const ending = await once(order);
    return isOutside(ending) ? once(order) : ending;
  };
  return { ask, stop };
}

/** On a busy machine a worker may not even start: what failed outside of any test is asked once more. */
const isOutside = (ending: Ending): boolean => ending.kind === "failed" && ending.test === null;

/** A process that dies of a mutant, as of one that fills the memory, counts as one that never ends. */
function endingOf(tester: ChildProcess, order: Order, onEnded: (ended: Ended) => void): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  let asked = 0;
  let failure: Ended | null = null;
  let busy = { from: Number.POSITIVE_INFINITY, until: 0 };
  const giveUp = (): void =>
    resolve({ kind: "endless", by: order.tests[asked] ?? "what comes after the tests" });
  const hear = (report: Report): void => {
    switch (report.kind) {
      case "busy":
        busy = { from: Math.min(busy.from, report.milliseconds), until: report.milliseconds };
        if (!order.onlyLoaded && busy.until - busy.from > ENDLESS_AFTER) giveUp();
        break;
      case "ended":
        onEnded(report);
        if (report.failed !== null) failure ??= report;
        asked += 1;
        busy = { from: Number.POSITIVE_INFINITY, until: 0 };
        break;
      case "done":
        resolve(
          report.passed ? { kind: "passed", distances: report.distances } : failedBy(failure, report.outside),
        );
    }
  };
  tester.on("message", hear).on("exit", giveUp);
  tester.send(order);
  return promise.finally(() => tester.off("message", hear).off("exit", giveUp));
}

const failedBy = (failure: Ended | null, outside: string): Ending =>
  failure === null
    ? { kind: "failed", test: null, by: `an error outside of any test: ${outside}` }
    : { kind: "failed", test: failure.test, by: `${failure.test}: ${failure.failed}` };
