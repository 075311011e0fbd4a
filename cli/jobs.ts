import { type HubOptions, hubClient } from "./hub.ts";
import { progressBar } from "./progress.ts";
import { counted, type Terminal } from "./terminal.ts";

/** `rapport jobs`: what walks, or walked, over many customers, how far it came, and with whom it failed. */
export const listJobs = async (options: HubOptions, terminal: Terminal): Promise<number> => {
  const { items } = await hubClient(options, terminal)("GET /v1/jobs", {});
  for (const job of items) {
    const why = job.reason === undefined ? "" : ` (${job.reason})`;
    terminal.out(`${job.jobId}  ${job.kind.padEnd(7)}  ${job.status}${why}`);
    terminal.out(`  ${progressBar(job)}, ${Math.round(job.units)} read units`);
    if (job.failed > 0)
      terminal.out(`  ${job.failed} failed: ${job.failures.map(({ code }) => code).join(", ")}`);
  }
  terminal.out(counted(items.length, "job"));
  return 0;
};
