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
  /** Processor time of the process so far in ms, user and system, as the kernel counts it. */
  readonly cpuMs: () => number;
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

const START_TIMEOUT_MS = 180_000;

/** What the hub prints when its keys and playbook are in place. */
const READY = "ready at";

const readyLine = async (child: ChildProcess): Promise<void> => {
  if (child.stdout === null) throw new Error("the hub has no output");
  let ready = false;
  const said = new Promise<void>((resolve) => {
    // Reading on after it is ready keeps the pipe from filling up.
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes(READY)) {
        ready = true;
        resolve();
      }
    });
  });
  const gone = once(child, "exit").then(([code]) => {
    if (!ready) throw new Error(`the hub ended with ${code} before it was ready`);
  });
  await Promise.race([said, gone, sleep(START_TIMEOUT_MS, undefined, { ref: false })]);
  if (!ready) throw new Error("the hub was not ready in time");
};

const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
};

/** Clock ticks of 10 ms: USER_HZ is 100 on every Linux that Node runs on (proc_pid_stat(5), fields 14 and 15). */
const processorMs = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const exited = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
};

/** Starts the hub on a free port and waits until it is ready. */
export const startHub = async (options: {
  stateDir: string;
  port: number;
  /** Where its AWS answers; by default at a free port. */
  awsPort?: number;
}): Promise<HubProcess> => {
  const url = `http://127.0.0.1:${options.port}`;
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    env: {
      ...process.env,
      PORT: String(options.port),
      AWS_PORT: String(options.awsPort ?? 0),
      RAPPORT_STATE_DIR: options.stateDir,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error("the hub could not be started");
  await readyLine(child);
  return {
    url,
    pid,
    memoryMb: () => residentMb(pid),
    cpuMs: () => processorMs(pid),
    kill: async (signal) => {
      child.kill(signal);
      await exited(child);
    },
  };
};
