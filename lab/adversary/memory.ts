import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Of this process, in MB: the heap of its own thread, and all that the system gave it. */
export type Memory = { readonly heap: number; readonly resident: number };

/** Measures once what is not needed any more has been let go. */
export const memory = (): Memory => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 };
};
