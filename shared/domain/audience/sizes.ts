import { customerView } from "../customer/view.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord } from "../records/customer.ts";
import { type Counts, SEEN, type Stepped } from "./job.ts";

const IN = "in#";

/** How many of a page of customers are in each segment. */
export const countSegments = (
  records: readonly CustomerRecord[],
  playbook: CompiledPlaybook,
  now: number,
): Stepped => {
  const counts: Record<string, number> = { [SEEN]: records.length };
  for (const { state } of records) {
    const view = customerView(state, playbook, now);
    for (const { name } of playbook.segments)
      if (view[name] === true) counts[`${IN}${name}`] = (counts[`${IN}${name}`] ?? 0) + 1;
  }
  return { counts };
};

/** The size of a segment by what was counted. */
export const sizeIn = (counts: Counts, segment: string): number => counts[`${IN}${segment}`] ?? 0;
