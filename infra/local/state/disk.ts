/** Primary result codes of SQLite (sqlite.org/rescode.html) that say something of the disk. */
const SQLITE = {
  busy: 5,
  readOnly: 8,
  input: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/**
 * What a failure of the disk means for whoever runs the hub, as an error that says what to do; null when the failure is
 * another one.
 * @param directory where the state lies
 */
export function diskFailure(error: unknown, directory: string): Error | null {
  const advice = adviceFor(error, directory);
  return advice === null ? null : new Error(advice, { cause: error });
}

function adviceFor(error: unknown, directory: string): string | null {
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
    case SQLITE.full:
      return `the disk of ${directory} is full: make room and start again; nothing that was accepted is lost`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case SQLITE.readOnly:
    case SQLITE.cannotOpen:
      return `${directory} cannot be written: give this user the right to it, or choose another folder with --state`;
    case "ENOTDIR":
    case "EEXIST":
      return `${directory} is no folder: choose another with --state`;
    case "EIO":
    case SQLITE.input:
      return `the disk of ${directory} fails: look at it before you start again`;
    case SQLITE.busy:
      return `another program writes into ${directory}: end it and start again`;
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return `the state in ${directory} is damaged: restore a backup into an empty folder (npx rapport restore)`;
    default:
      return null;
  }
}

/** The same for the file of a backup. */
export function fileFailure(error: unknown, file: string): Error | null {
  const code = codeOf(error);
  if (code === null) return null;
  const isFull = code === "ENOSPC" || code === "EDQUOT" || code === SQLITE.full;
  const advice = isFull ? "its disk is full: make room, or name another place" : "name another place";
  return new Error(`${file} cannot be written: ${advice}`, { cause: error });
}

export const isBusy = (error: unknown): boolean => codeOf(error) === SQLITE.busy;

/** A system error's name, or the primary part of SQLite's extended result code. */
function codeOf(error: unknown): string | number | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode }: Error & { code?: unknown; errcode?: unknown } = error;
  if (typeof errcode === "number") return errcode & 0xff;
  return typeof code === "string" ? code : null;
}
