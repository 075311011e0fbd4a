import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The hub as its user starts it: a process of its own, on loopback, with a state directory that outlives it. */
export type HubProcess = {
  readonly url: string;
  readonly pid: number;
  /** Resident memory of the process in MB, as the kernel counts it. */
  readonly memoryMb: () => number;
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

const START_TIMEOUT_MS = 180_000;

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_local/clock`)).ok;
  } catch {
    return false;
  }
};

const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
};

const exited = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
};

/** Starts the hub and resolves when it answers. `port` must be free. */
export const startHub = async (options: { stateDir: string; port: number }): Promise<HubProcess> => {
  const url = `http://127.0.0.1:${options.port}`;
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    env: { ...process.env, PORT: String(options.port), RAPPORT_STATE_DIR: options.stateDir },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error("the hub could not be started");
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode} before it was ready`);
    if (Date.now() > deadline) throw new Error("the hub was not ready in time");
    await sleep(200);
  }
  return {
    url,
    pid,
    memoryMb: () => residentMb(pid),
    kill: async (signal) => {
      child.kill(signal);
      await exited(child);
    },
  };
};
