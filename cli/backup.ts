import { fileURLToPath } from "node:url";
import { restoreBackup, takeBackup } from "#infra/local/state/backup.ts";
import { SERVED_STATE } from "#infra/local/state/place.ts";
import type { Terminal } from "./terminal.ts";

type Options = { readonly state?: string; readonly moved?: boolean };

/** The folder of the hub that is meant: as the command line or the environment says, else that of `npm run serve`. */
const stateOf = ({ state }: Options, { environment }: Terminal): string =>
  state ?? environment.RAPPORT_STATE_DIR ?? fileURLToPath(new URL(`../${SERVED_STATE}`, import.meta.url));

/** `rapport backup <file>`: copies a hub on this machine, running or not, into one file. */
export const backup = (file: string, options: Options, terminal: Terminal): number => {
  const directory = stateOf(options, terminal);
  const { takenAt, running } = takeBackup(directory, file);
  terminal.out(`${file} holds ${directory} as it was at ${takenAt}, ${running ? "at work" : "stopped"}`);
  terminal.out("keep it as you keep your customers' data: that is in it, with the hub's own secrets");
  return 0;
};

/** `rapport restore <file>`: puts a backup into a folder that holds no hub. */
export const restore = (file: string, options: Options, terminal: Terminal): number => {
  const directory = stateOf(options, terminal);
  const { moved = false } = options;
  const { takenAt } = restoreBackup(file, directory, { moved });
  terminal.out(
    `${directory} holds the hub as it was at ${takenAt}; start it with: npm run serve -- --state ${directory}`,
  );
  terminal.out(
    moved
      ? "its first home must never start again"
      : "its first home must have stopped by then. What that may have sent since the backup is held back as uncertain",
  );
  return 0;
};
