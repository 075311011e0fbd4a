import type { JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord } from "../records/customer.ts";
import { customerFacts, emptyFacts } from "./customer-facts.ts";
import { emptyView } from "./view.ts";

/**
 * `customer` as templates see it where nobody may be known: null is the empty customer, with defaults and the segments that
 * such a one is decided by. For those who have the rules at hand; senders always know whom they write to.
 */
export const shownFacts = (
  record: CustomerRecord | null,
  playbook: CompiledPlaybook,
  nowMs: number,
): JsonObject =>
  record === null ? strangerFacts(playbook, nowMs) : customerFacts(record.state, playbook.document, nowMs);

/** No profile has stored the segments of somebody nobody knows. */
const strangerFacts = (playbook: CompiledPlaybook, nowMs: number): JsonObject => {
  const view = emptyView(playbook, nowMs);
  const segments = playbook.segments.map(({ name }) => [name, view[name] === true] as const);
  return { ...emptyFacts(playbook.document, nowMs), ...Object.fromEntries(segments) };
};
