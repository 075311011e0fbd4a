import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { revisionOf } from "#domain/draft/draft.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { normalizeFiles } from "#domain/playbook/read/paths.ts";
import { readFolder } from "./folder.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { type Pulled, readPulled, writePulled } from "./pulled.ts";
import { counted, type Terminal } from "./terminal.ts";

type PullOptions = HubOptions & { readonly draft?: string };
type Remote = { readonly from: string; readonly files: PlaybookFiles };

/** The files of the live version, or of a draft. */
export const remoteFiles = async (options: PullOptions, terminal: Terminal): Promise<Remote> => {
  const call = hubClient(options, terminal);
  if (options.draft === undefined) {
    const { version, files } = await call("GET /v1/playbooks/{version}", { path: { version: "current" } });
    return { from: version, files: normalizeFiles(files) };
  }
  const id = options.draft;
  const { files } = await call("GET /v1/drafts/{id}/files", { path: { id } });
  const there = Object.entries(files).flatMap(([path, { text }]) =>
    text === null ? [] : [[path, text] as const],
  );
  return { from: id, files: normalizeFiles(Object.fromEntries(there)) };
};

/** What a pull would do with a folder's files. */
export type PullPlan = {
  /** Path -> text to write; null: to take away. */
  readonly changes: ReadonlyMap<string, string | null>;
  /** Files that were changed here and differ from what would be pulled. */
  readonly inTheWay: readonly string[];
  /** Files that were changed here alone: they stay. */
  readonly ahead: readonly string[];
};

/**
 * Compares three: what a folder has, what the hub has, and what the folder had when it was last pulled. What changed only
 * there is taken, what changed only here stays, and what changed in both places is in the way.
 */
export const planPull = (local: PlaybookFiles, remote: PlaybookFiles, pulled: Pulled | null): PullPlan => {
  const changes = new Map<string, string | null>();
  const inTheWay: string[] = [];
  const ahead: string[] = [];
  for (const path of [...new Set([...Object.keys(local), ...Object.keys(remote)])].sort()) {
    const [here, there] = [local[path], remote[path]];
    if (here === there) continue;
    const before = pulled?.files[path];
    const isOurs = (here === undefined ? undefined : revisionOf(here)) !== before;
    const isTheirs = (there === undefined ? undefined : revisionOf(there)) !== before;
    if (!isOurs) changes.set(path, there ?? null);
    else if (isTheirs) inTheWay.push(path);
    else ahead.push(path);
  }
  return { changes, inTheWay, ahead };
};

/**
 * `rapport pull <folder> [--draft <id>]`: writes the live version or a draft into a folder. Where a file was changed here
 * as well, nothing is written, and it says which.
 */
export const pull = async (folder: string, options: PullOptions, terminal: Terminal): Promise<number> => {
  const remote = await remoteFiles(options, terminal);
  const local = existsSync(folder) ? readFolder(folder) : {};
  const { changes, inTheWay, ahead } = planPull(local, remote.files, readPulled(folder));
  if (inTheWay.length > 0) {
    for (const path of inTheWay) terminal.error(`${join(folder, path)}: differs from ${remote.from}`);
    const them = inTheWay.length === 1 ? "it" : "them";
    terminal.error(
      `\n${counted(inTheWay.length, "file")} changed here too: nothing was written. Commit or move ${them}, pull again, and put both together.`,
    );
    return 1;
  }
  for (const [path, text] of changes) {
    const file = join(folder, path);
    if (text === null) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    terminal.out(`${file}: ${text === null ? "taken away" : local[path] === undefined ? "new" : "changed"}`);
  }
  mkdirSync(folder, { recursive: true });
  writePulled(folder, remote.from, remote.files);
  for (const path of ahead) terminal.out(`${join(folder, path)}: changed here alone, left as it is`);
  terminal.out(`${folder} is ${remote.from}${ahead.length > 0 ? " with what was changed here" : ""}`);
  return 0;
};
