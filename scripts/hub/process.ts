import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Alarm } from "#infra/local/alarms/alarms.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { collectGarbage } from "#infra/local/machine/collect-garbage.ts";
import { diskFailure } from "#infra/local/state/disk.ts";

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Says what was done, and how long after the start of the process. */
export const step = (text: string): void =>
  say(`  ${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${text}`);

/** Ends the process with one sentence that says what to do. */
export const fail = (error: unknown): never => {
  const failure = diskFailure(error, process.cwd()) ?? error;
  say(`\n${failure instanceof Error ? failure.message : String(failure)}`);
  process.exit(1);
};

/** @param setting where the text comes from, for whoever reads that it is no port */
export function readPort(text: string, setting: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new Error(
    `${setting} is "${text}", which is no port: give a number from 0 (any that is free) to 65535`,
  );
}

/** Nobody may need to look to learn that something is wrong. */
export const tellAlarm = ({ name, state, reason }: Alarm): void =>
  say(`\n${state === "ALARM" ? "ALARM" : "over"}  ${name}: ${reason}`);

/** Gives back what a start alone needed: the threads of functions that it asked and nobody else will soon, and its garbage. */
export async function giveBack(cloud: Pick<LocalCloud, "rest">): Promise<void> {
  await cloud.rest();
  collectGarbage();
}

/** Says what was held back of a hub that was restored, and leaves the ids beside the state. */
export function tellRestored({ restored }: LocalCloud, state: string): void {
  if (restored === null) return;
  const { takenAt, heldBack } = restored;
  step(`restored as it was at ${takenAt}; what the hub accepted or sent after that is not in it`);
  if (heldBack.length === 0) return;
  const file = join(state, `held-back-${takenAt.replaceAll(":", "-")}.txt`);
  writeFileSync(file, heldBack.map((messageId) => `${messageId}\n`).join(""), { mode: 0o600 });
  step(`${heldBack.length} messages that may have been sent since are uncertain and stay unsent: ${file}`);
}
