import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Is told the path of what changed, below the place that is watched; empty for a place that is one file. */
type Told = (path: string) => void;

/** Everything below a folder; nothing where it is gone again. */
const namesBelow = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Tells of every change of a file, or below a folder, whatever way an editor saves: by writing into the file, or by putting a
 * new one in its place. Gives how to end it.
 */
export function watchTree(place: string, told: Told): () => void {
  if (!isFolder(place)) return watchFile(place, told);
  if (process.platform === "linux") return watchFolders(place, told);
  const watcher = watch(place, { recursive: true }, (_, name) => told(name ?? ""));
  return () => watcher.close();
}

/** By its folder: a watch of the file itself stays with the one that was replaced. */
function watchFile(file: string, told: Told): () => void {
  const watcher = watch(dirname(file), (_, name) => {
    if (name === basename(file)) told("");
  });
  return () => watcher.close();
}

/**
 * A watch for each folder. On Linux Node's own recursive one watches each file, and stays with a file that was replaced: of
 * an editor that saves so, only the first time would be seen.
 */
function watchFolders(root: string, told: Told): () => void {
  const watchers = new Map<string, FSWatcher>();
  const follow = (folder: string): void => {
    watchers.get(folder)?.close();
    const watcher = watch(join(root, folder), (_, name) => note(name === null ? folder : join(folder, name)));
    // Of a folder that is gone the one above tells.
    watcher.on("error", () => watcher.close());
    watchers.set(folder, watcher);
  };
  const followAll = (folder: string): void => {
    follow(folder);
    for (const name of namesBelow(join(root, folder))) {
      if (isFolder(join(root, folder, name))) follow(join(folder, name));
    }
  };
  const note = (path: string): void => {
    if (!isFolder(join(root, path))) {
      told(path);
      return;
    }
    followAll(path);
    // What was written into it before it was watched.
    for (const name of namesBelow(join(root, path))) {
      if (!isFolder(join(root, path, name))) told(join(path, name));
    }
  };
  followAll("");
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}
