import { existsSync } from "node:fs";
import { join } from "node:path";
import { watchTree } from "./tree.ts";

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE_MS = 60;

/** Files that editors keep beside the one that is edited. */
const PASSING = /(^|[/\\])(\.|#)|~$|\.sw[a-z]$|\.tmp$/;

/**
 * Calls `changed` when something changes below these places, once a change, and not again before it has ended; what comes
 * meanwhile is told afterwards.
 * @param changed is given the paths that changed, below `root`, and when the first of them did (performance.now(), in ms)
 */
export function watchPlaces(
  root: string,
  places: readonly string[],
  changed: (paths: ReadonlySet<string>, at: number) => Promise<void>,
): { readonly stop: () => void } {
  let gathered = new Set<string>();
  let firstAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let busy = false;

  const tell = async (): Promise<void> => {
    timer = null;
    if (busy || gathered.size === 0) return;
    const [paths, at] = [gathered, firstAt];
    gathered = new Set();
    busy = true;
    try {
      await changed(paths, at);
    } finally {
      busy = false;
      if (gathered.size > 0) timer ??= setTimeout(tell, SETTLE_MS);
    }
  };
  const note = (path: string): void => {
    if (PASSING.test(path)) return;
    if (gathered.size === 0) firstAt = performance.now();
    gathered.add(path);
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(tell, SETTLE_MS);
  };
  const ends = places
    .filter((place) => existsSync(join(root, place)))
    .map((place) => watchTree(join(root, place), (path) => note(join(place, path))));
  return {
    stop: () => {
      for (const end of ends) end();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
