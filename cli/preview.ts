import { setTimeout as sleep } from "node:timers/promises";
import type { Preview } from "#client/index.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { progressBar } from "./progress.ts";
import { counted, type Terminal } from "./terminal.ts";

const POLL_MS = 500;
const MOVES = ["stay", "move", "exit", "dueNow"] as const;

const show = (preview: Preview, { out }: Terminal): void => {
  const { version, live, journeys, messagesFirstHour, segments, removed, token } = preview;
  out(`${version} over the live ${live}`);
  const rows = [
    ["", ...MOVES],
    ...journeys.map((row) => [`${row.journey}, ${row.step}`, ...MOVES.map((what) => String(row[what]))]),
  ];
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  for (const [name = "", ...cells] of rows)
    out(`  ${name.padEnd(width)}  ${cells.map((cell) => cell.padStart(7)).join("")}`);
  out(`at most ${counted(messagesFirstHour, "message")} in the first hour, by time alone`);
  for (const { name, now, then } of segments)
    if (now !== then) out(`segment ${name}: ${now} now, ${then} then`);
  if (removed.length > 0) out(`gone: ${removed.join(", ")}`);
  out(`publish it with: rapport publish ${version} --confirm ${token ?? ""}`);
};

/** `rapport preview <version>`: what a version would do to those inside of journeys, before it goes live. */
export const preview = async (version: string, options: HubOptions, terminal: Terminal): Promise<number> => {
  const call = hubClient(options, terminal);
  const begun = await call("POST /v1/playbooks/{version}/preview", { path: { version } });
  for (let shown = ""; ; ) {
    const found = await call("GET /v1/previews/{id}", { path: { id: begun.previewId } });
    if (found.status === "done") {
      show(found, terminal);
      return 0;
    }
    if (found.status !== "queued" && found.status !== "running") {
      terminal.error(`rapport: the preview is ${found.status}: ${found.reason ?? "somebody stopped it"}`);
      return 1;
    }
    const bar = progressBar(found);
    if (bar !== shown) terminal.error(bar);
    shown = bar;
    await sleep(POLL_MS);
  }
};
