import { setTimeout as sleep } from "node:timers/promises";
import type { Simulation } from "#client/index.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { counted, type Terminal } from "./terminal.ts";

type Options = HubOptions & {
  readonly from?: string;
  readonly to?: string;
  readonly placement?: string;
  readonly goal?: string;
};

type Interval = NonNullable<Simulation["report"]["estimate"]>["logged"];

const POLL_MS = 500;
const MOST_MOVES = 10;

/** `rapport simulate <version>`: replays past decisions with the version, and prints what it would have changed. */
export const simulate = async (version: string, options: Options, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const { from, to, placement, goal } = options;
  const asked = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(placement === undefined ? {} : { placement }),
    ...(goal === undefined ? {} : { goal: { outcome: goal } }),
  };
  const started = await call("POST /v1/playbooks/{version}/simulate", { path: { version }, body: asked });
  for (let shown = -1; ; ) {
    const simulation = await call("GET /v1/simulations/{id}", { path: { id: started.simulationId } });
    if (simulation.status !== "running") return printReport(simulation, goal, terminal);
    const percent = Math.floor(simulation.progress.share * 100);
    if (percent > shown)
      terminal.error(`${percent} %: ${counted(simulation.progress.decisions, "decision")}`);
    shown = percent;
    await sleep(POLL_MS);
  }
};

const printReport = (simulation: Simulation, goal: string | undefined, { out, error }: Terminal): number => {
  const { version, live, status, reason, report } = simulation;
  if (status === "failed") {
    error(`rapport: the simulation failed${reason === undefined ? "" : `: ${reason}`}`);
    return 1;
  }
  const share = report.decisions === 0 ? 0 : (100 * report.changed) / report.decisions;
  out(`${version} beside the live ${live}`);
  out(`${counted(report.decisions, "decision")}, of which ${report.changed} change (${share.toFixed(1)} %)`);
  for (const [why, count] of Object.entries(report.skipped)) out(`left out, ${why}: ${count}`);
  const rows = [
    ["", "before", "after"],
    ...report.actions.map((each) => [each.action, each.before, each.after]),
    ["nothing", report.nothing.before, report.nothing.after],
    ...report.channels.map((each) => [`by ${each.channel}`, each.before, each.after]),
    ...report.policyRejections.map((each) => [`turned down: ${each.reason}`, each.before, each.after]),
  ];
  const width = Math.max(...rows.map(([name]) => String(name).length));
  for (const [name, before, after] of rows) {
    out(`  ${String(name).padEnd(width)} ${String(before).padStart(8)} ${String(after).padStart(8)}`);
  }
  for (const { from, to, decisions } of report.moves.slice(0, MOST_MOVES))
    out(`${from} -> ${to}: ${decisions}`);
  for (const { segment, decisions, changed } of report.segments)
    out(`in ${segment}: ${changed} of ${decisions} change`);
  if (report.estimate !== null) {
    const { logged, doublyRobust, warnings } = report.estimate;
    out(
      `${goal} for each decision: ${intervalText(logged)} as it was, ${intervalText(doublyRobust)} with ${version}`,
    );
    for (const warning of warnings) out(`warning: ${warning} (docs/simulation.md says what to do)`);
  }
  if (report.examples.length > 0) out(`for example ${report.examples.slice(0, 3).join(", ")}`);
  return 0;
};

const intervalText = ({ value, low, high }: Interval): string => {
  const shown = [value, low, high].map((number) => (number === null ? "?" : number.toFixed(4)));
  return `${shown[0]} (${shown[1]} to ${shown[2]})`;
};
