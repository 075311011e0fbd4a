import type * as z from "zod/mini";
import { coolDownsAfter } from "#domain/contact-policy/cool-down.ts";
import { TAKEN, TURNED_DOWN } from "#domain/customer/responses.ts";
import { decisionOutcome } from "#domain/outcome/decision-outcome.ts";
import { outcomesKnownTo } from "#domain/outcome/known-outcomes.ts";
import type { Decision } from "#domain/records/decision.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DecisionStore, HeldOffers } from "#ports/decision-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Inbox } from "#ports/queues.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { count } from "#runtime/metrics.ts";
import type { OutcomeAnswer, operations } from "./operations.ts";

export type OutcomesDependencies = {
  readonly decisions: Pick<DecisionStore, "get" | "coolDown">;
  readonly offers: HeldOffers;
  readonly customers: Pick<CustomerStore, "find">;
  readonly playbooks: Pick<CompiledVersions, "current">;
  readonly inbox: Inbox;
  readonly clock: Clock;
};

const iso = (time: number): string => new Date(time).toISOString();

/** Puts actions to rest that the customer turned down, where the playbook says so. */
const rest = async (
  deps: OutcomesDependencies,
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
  deps: OutcomesDependencies,
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
const historyOwner = async (
  deps: OutcomesDependencies,
  customerId: string | null,
): Promise<string | null> => {
  if (customerId === null) return null;
  return (await deps.customers.find(customerId))?.state.customerId ?? customerId;
};

/** Any name is taken; of one that nothing knows, nothing will come. */
const warningsOf = async (
  { playbooks }: OutcomesDependencies,
  outcome: string,
): Promise<Pick<z.infer<typeof OutcomeAnswer>, "warnings">> => {
  const known = outcomesKnownTo((await playbooks.current()).document);
  if (known.includes(outcome)) return {};
  count(METRICS.outcomesUnknown);
  const got = "a name that the playbook does not know";
  return { warnings: [{ path: "outcome", expected: expectedOneOf(outcome, known), got }] };
};

/** Answers when the outcome is durable; all steps may be repeated. */
const reportOutcome = async (
  deps: OutcomesDependencies,
  call: Call<typeof operations.reportOutcome>,
): Promise<Answer<typeof operations.reportOutcome>> => {
  const { at, ...body } = call.body;
  const decision = await deps.decisions.get(body.decisionId);
  if (decision === null) throw new RapportError("not_found", "there is no decision of that id");
  if (!decision.actions.some(({ action }) => action === body.action)) {
    const expected = `an action of the decision: ${decision.actions.map(({ action }) => action).join(", ")}`;
    throw wrongField("action", expected, "another");
  }
  const now = deps.clock.now();
  const reported = at === undefined ? body : { ...body, at: iso(Date.parse(at)) };
  const arrival = { receivedAt: iso(now), source: call.key.name };
  const event = decisionOutcome(decision, reported, arrival);
  if (event !== null) await deps.inbox.send([event]);
  await settleHeld(deps, decision, body);
  if (decision.customerId !== null) {
    const when = { ...body, at: event === null ? now : Date.parse(event.at) };
    await rest(deps, decision.customerId, when);
  }
  return { status: 202, json: { accepted: true, ...(await warningsOf(deps, body.outcome)) } };
};

/** What answers the calls of operations.ts. */
export const outcomeCalls = (deps: OutcomesDependencies): Handlers<typeof operations> => ({
  reportOutcome: (call) => reportOutcome(deps, call),
});
