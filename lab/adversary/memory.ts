import { collectGarbage } from "#infra/local/machine/collect-garbage.ts";

/** Of this process, in MB: the heap of its own thread, and all that the system gave it. */
export type Memory = { readonly heap: number; readonly resident: number };

/** Measures once what is not needed any more has been let go. */
export const memory = (): Memory => {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 };
};
