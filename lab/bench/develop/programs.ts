import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 600_000;
/** A program that was asked to end and has not by then is ended. */
const FAREWELL_MS = 15_000;

export type Program = {
  /** What it said that fits, waited for. Rejects with all it said, when it ends before. */
  readonly hear: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly said: () => string;
  /** Settles when it has ended by itself. Rejects with all it said, when it ended with anything but 0. */
  readonly done: () => Promise<void>;
  /** Asks it to end, and waits until it has. */
  readonly stop: () => Promise<void>;
};

export type Programs = {
  /** Runs `node` with these arguments. */
  readonly start: (args: readonly string[]) => Program;
  /** Ends whatever of them still runs, at once. */
  readonly kill: () => void;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Programs that run in a folder and end with whoever started them. */
export function programsIn(folder: string): Programs {
  const children: ChildProcess[] = [];
  const start = (args: readonly string[]): Program => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return follow(child, args.join(" "));
  };
  const kill = (): void => {
    for (const child of children) if (!hasEnded(child)) child.kill("SIGKILL");
  };
  return { start, kill };
}

function follow(child: ChildProcess, name: string): Program {
  let said = "";
  const listen = (chunk: unknown): void => {
    said += String(chunk);
  };
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);
  const ended = once(child, "close");
  // Told to those who wait for it; nobody may.
  ended.catch(() => {});

  const hear = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (const until = performance.now() + PATIENCE_MS; ; await sleep(10)) {
      const heard = pattern.exec(said);
      if (heard !== null) return heard;
      if (hasEnded(child)) throw new Error(`${name} ended:\n${said}`);
      if (performance.now() > until) throw new Error(`${name} did not say ${pattern}:\n${said}`);
    }
  };
  const done = async (): Promise<void> => {
    const [code] = await ended;
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${said}`);
  };
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), FAREWELL_MS);
    await ended;
    clearTimeout(late);
  };
  return { said: () => said, hear, done, stop };
}
