import { responseAt, TAKEN } from "../../customer/responses.ts";
import type { Cause, Rejection } from "../../records/decision.ts";
import type { Candidate } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { isHeld } from "./claims.ts";

const iso = (time: number): string => new Date(time).toISOString();

/**
 * The first unmet term of an offer, beside its formulas: a unit is left or held for this customer, its prerequisites had
 * their outcomes, and no action that excludes it was accepted. Null: all are met.
 */
export const unmetTerm = (candidate: Candidate, input: DecideInput): Rejection | null => {
  const { action, excludedBy, name } = candidate;
  const lacking = input.unavailable?.get(name);
  const isTheirs = lacking === "stock" && isHeld(input.record?.contact.holds, name, input);
  if (lacking !== undefined && !isTheirs)
    return { action: name, stage: "eligibility", reason: "stock", cause: { kind: lacking } };
  const { requires } = action;
  if (requires === undefined && excludedBy.length === 0) return null;
  const responses = input.record?.state.responses ?? {};
  const unmet = (cause: Cause): Rejection => ({ action: name, stage: "eligibility", reason: "rule", cause });
  for (const required of requires ?? []) {
    const at = responseAt(responses, required.action, required.outcome);
    const since = required.withinMs === undefined ? "" : iso(input.now - required.withinMs);
    const { action: other, outcome } = required;
    if (at === undefined || at < since) return unmet({ kind: "only-after", action: other, outcome });
  }
  const rival = excludedBy.find((other) =>
    TAKEN.some((outcome) => responseAt(responses, other, outcome) !== undefined),
  );
  return rival === undefined ? null : unmet({ kind: "not-beside", action: rival });
};
