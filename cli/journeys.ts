import type { Journey } from "#client/index.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { counted, type Terminal } from "./terminal.ts";

const leftBy = (exited: Journey["exited"]): string =>
  Object.entries(exited)
    .toSorted(([, a], [, b]) => b - a)
    .map(([as, count]) => `${as} ${count}`)
    .join(", ");

const show = (
  { journey, still, inside, entered, exited, steps, holdout }: Journey,
  { out }: Terminal,
): void => {
  out(`${journey}${still ? ", kept still" : ""}: ${inside} inside of ${entered} who came in`);
  const left = leftBy(exited);
  if (left !== "") out(`  left: ${left}`);
  const width = Math.max(...steps.map(({ step }) => step.length));
  for (const { step, kind, inside: here, oldest } of steps) {
    const since = oldest === null ? "" : `  since ${oldest}`;
    out(`  ${step.padEnd(width)}  ${kind.padEnd(9)}  ${String(here).padStart(6)}${since}`);
  }
  if (holdout === undefined) return;
  const how = leftBy(holdout.exited);
  out(`  kept out: ${holdout.inside} of ${holdout.entered}${how === "" ? "" : `; left: ${how}`}`);
};

/** `rapport journeys`: who is in which journey, at which step and since when, and how those left who did. */
export const showJourneys = async (options: HubOptions, terminal: Terminal): Promise<number> => {
  const { items } = await hubClient(options, terminal)("GET /v1/journeys", {});
  for (const journey of items) show(journey, terminal);
  if (items.length === 0) terminal.out("the live playbook has no journeys");
  else terminal.out(counted(items.length, "journey"));
  return 0;
};
