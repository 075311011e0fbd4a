import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Gives back what this thread has left behind so far. For a start, whose work is done once: what it left would stay as long as
 * its thread has little to do. V8's last resort also shrinks the young generation and drops code that ran once.
 */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
