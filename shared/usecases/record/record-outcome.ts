import { coolDownsAfter } from "#domain/contact-policy/cool-down.ts";
import { TAKEN, TURNED_DOWN } from "#domain/customer/responses.ts";
import { decisionOutcome } from "#domain/outcome/decision-outcome.ts";
import { outcomesKnownTo } from "#domain/outcome/known-outcomes.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DecisionStore, HeldOffers } from "#ports/decision-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Telemetry } from "#ports/telemetry.ts";

export type OutcomeDependencies = {
  readonly decisions: Pick<DecisionStore, "get" | "coolDown">;
  readonly offers: HeldOffers;
  readonly customers: Pick<CustomerStore, "find">;
  readonly playbooks: Pick<CompiledVersions, "current">;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** What somebody reports of an action that was decided. */
export type ReportedOutcome = {
  readonly decisionId: string;
  readonly action: string;
  readonly outcome: string;
  readonly value?: number;
  /** ISO-8601; absent: now. */
  readonly at?: string;
};

const iso = (time: number): string => new Date(time).toISOString();

/** Puts actions to rest that the customer turned down, where the playbook says so. */
const rest = async (
  deps: OutcomeDependencies,
  customerId: string,
  outcome: { readonly action: string; readonly outcome: string; readonly at: number },
): Promise<void> => {
  const playbook = await deps.playbooks.current();
  const until = coolDownsAfter(playbook.document.contactPolicy, outcome);
  if (Object.keys(until).length === 0) return;
  // The customer of the decision may be part of another by now: contact history lies with that one.
  const record = await deps.customers.find(customerId);
  if (record !== null) await deps.decisions.coolDown(record.state.customerId, until);
};

/** What was accepted is kept for good, so that nobody else is given it; what was turned down is free again at once. */
const settleHeld = async (
  deps: OutcomeDependencies,
  decision: Decision,
  { action, outcome }: { readonly action: string; readonly outcome: string },
): Promise<void> => {
  const heldUntil = decision.actions.find((chosen) => chosen.action === action)?.heldUntil;
  const isTaken = TAKEN.includes(outcome);
  if (heldUntil === undefined || !(isTaken || TURNED_DOWN.includes(outcome))) return;
  const customerId = await historyOwner(deps, decision.customerId);
  const unit = { decisionId: decision.decisionId, action, heldUntil, customerId };
  if (!isTaken) return deps.offers.giveBack(unit);
  const playbook = await deps.playbooks.current();
  await deps.offers.keep(unit, playbook.actionByName.get(action)?.stock?.limit);
};

/** The customer of the decision may be part of another by now: contact history lies with that one. */
const historyOwner = async (deps: OutcomeDependencies, customerId: string | null): Promise<string | null> => {
  if (customerId === null) return null;
  return (await deps.customers.find(customerId))?.state.customerId ?? customerId;
};

/** Any name is taken; of one that nothing knows, nothing will come. */
const unknownAmong = async (
  { playbooks, telemetry }: OutcomeDependencies,
  outcome: string,
): Promise<readonly string[]> => {
  const known = outcomesKnownTo((await playbooks.current()).document);
  if (known.includes(outcome)) return [];
  telemetry.count(METRICS.outcomesUnknown);
  return known;
};

/**
 * Records what came of an action: durable when it resolves; all steps may be repeated.
 * @param reporter who reports it, and by what right
 * @returns the names that the live playbook knows, where the one reported is none of them; else nothing
 * @throws RapportError `not_found` without such a decision, `invalid_request` when the action is none of its own
 */
export const recordOutcome = async (
  deps: OutcomeDependencies,
  { at, ...outcome }: ReportedOutcome,
  reporter: Pick<CollectedEvent, "source" | "standing">,
): Promise<readonly string[]> => {
  const decision = await deps.decisions.get(outcome.decisionId);
  if (decision === null) throw new RapportError("not_found", "there is no decision of that id");
  if (!decision.actions.some(({ action }) => action === outcome.action)) {
    const expected = `an action of the decision: ${decision.actions.map(({ action }) => action).join(", ")}`;
    throw wrongField("action", expected, "another");
  }
  const now = deps.clock.now();
  const reported = at === undefined ? outcome : { ...outcome, at: iso(Date.parse(at)) };
  const event = decisionOutcome(decision, reported, { receivedAt: iso(now), ...reporter });
  if (event !== null) await deps.inbox.send([event]);
  await settleHeld(deps, decision, outcome);
  if (decision.customerId !== null) {
    const when = { ...outcome, at: event === null ? now : Date.parse(event.at) };
    await rest(deps, decision.customerId, when);
  }
  return unknownAmong(deps, outcome.outcome);
};
