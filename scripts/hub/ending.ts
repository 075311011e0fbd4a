import { readFileSync } from "node:fs";
import { fail } from "./process.ts";

/** How often it is looked whether whoever started the process is still there, in ms. */
const LOOK_AGAIN_MS = 500;
/** Within this time the same wish may arrive twice, in ms: from the terminal, and from npm, which passes it on. */
const SAME_WISH_MS = 1_000;

/** The process as it waits to be ended. */
export type Ending = {
  /** From now on this is done before it ends. */
  readonly beginWith: (work: () => Promise<void>) => void;
};

/**
 * From now on the process ends, with 0, when a signal or a terminal that closes asks for it, and when npm started it and has
 * ended: npm passes signals to its shell alone, and a shell that ends tells nobody. Who asks again later than a second after
 * the first time does not want to wait: then it ends at once, with 1.
 */
export function endWhenAsked(): Ending {
  let work = async (): Promise<void> => {};
  let askedAt: number | null = null;
  const end = (): void => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_WISH_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    // Where the terminal has closed, what is said is heard by nobody, and that is no failure.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
    work().then(() => process.exit(0), fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env.npm_lifecycle_event !== undefined) onceStarterIsGone(end);
  return {
    beginWith: (next) => {
      work = next;
    },
  };
}

/** The system gives a process whose parent has ended another one. */
function onceStarterIsGone(gone: () => void): void {
  const before = starters();
  const timer = setInterval(() => {
    if (starters() === before) return;
    clearInterval(timer);
    gone();
  }, LOOK_AGAIN_MS);
  timer.unref();
}

/** The parent's id; where Linux tells that it is the shell in which npm runs a script, npm's id, too. */
function starters(): string {
  const parent = process.ppid;
  try {
    // proc_pid_stat(5): id, name in brackets, state, parent's id.
    const [, name, grandparent] =
      /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, "utf8")) ?? [];
    return name === "sh" ? `${parent} ${grandparent}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}
