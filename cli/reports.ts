import type { Report } from "#client/index.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { counted, type Terminal } from "./terminal.ts";

type Options = HubOptions & {
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
};

const MEMBERS = ["decided", "sent", "delivered", "opened", "clicked", "converted", "value"] as const;

type Line = Pick<Report["items"][number], "key" | (typeof MEMBERS)[number]>;

/** The most that a page has. */
const PAGE_LINES = 100;

/** Every page of a report, one after another. */
const readReport = async (options: Options, terminal: Terminal): Promise<readonly Report[]> => {
  const call = hubClient(options, terminal);
  const { from, to, by } = options;
  const asked = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(by === undefined ? {} : { by }),
    limit: PAGE_LINES,
  };
  const pages: Report[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query = { ...asked, ...(cursor === undefined ? {} : { cursor }) };
    const page: Report = await call("GET /v1/reports", { query });
    pages.push(page);
    cursor = page.cursor;
  }
  return pages;
};

/** The days of each key together, most decided first. */
const sumsOf = (lines: readonly Line[]): readonly Line[] => {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const before = sums.get(line.key);
    const sum = { ...line };
    if (before !== undefined) for (const member of MEMBERS) sum[member] += before[member];
    sums.set(line.key, sum);
  }
  return [...sums.values()].toSorted((a, b) => b.decided - a.decided);
};

const table = (rows: readonly (readonly (string | number)[])[]): readonly string[] => {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => String(row[at]).length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? String(cell).padEnd(widths[at] ?? 0) : String(cell).padStart(widths[at] ?? 0),
      )
      .join("  "),
  );
};

/** `rapport reports`: what was decided in some days, what came of it, and why nobody was contacted. */
export const showReports = async (options: Options, terminal: Terminal): Promise<number> => {
  const pages = await readReport(options, terminal);
  const [first] = pages;
  if (first === undefined) return 0;
  const { out } = terminal;
  out(`${first.from} to ${first.to}, days of ${first.timeZone}`);
  const lines = sumsOf(pages.flatMap(({ items }) => items));
  const cell = (line: Line, member: (typeof MEMBERS)[number]): number => Math.round(line[member] * 100) / 100;
  const rows = lines.map((line) => [line.key, ...MEMBERS.map((member) => cell(line, member))]);
  if (rows.length === 0) out("nothing was decided to be said");
  else for (const row of table([["", ...MEMBERS], ...rows])) out(row);
  const refused = new Map<string, number>();
  for (const { placement, reason, count } of pages.flatMap((page) => page.refused)) {
    const what = `${placement}: ${reason}`;
    refused.set(what, (refused.get(what) ?? 0) + count);
  }
  for (const [what, count] of refused) out(`nobody was contacted, ${what}: ${counted(count, "decision")}`);
  for (const { experiment, variants } of first.uplift) {
    for (const { variant, uplift } of variants) {
      if (uplift?.anytime == null) continue;
      const [difference, low, high] = [uplift.difference, uplift.anytime.low, uplift.anytime.high];
      out(
        `${experiment}, ${variant}: ${difference.toFixed(4)} over the control (${low.toFixed(4)} to ${high.toFixed(4)})`,
      );
    }
  }
  return 0;
};
