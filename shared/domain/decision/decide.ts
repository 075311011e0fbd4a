import { withContacts } from "../contact-policy/contact-history.ts";
import { inHoldout } from "../contact-policy/holdout.ts";
import { oldestId } from "../experiment/assignment.ts";
import type { Foreseen } from "../learning/model.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { Claim, Decision, Rejection } from "../records/decision.ts";
import type { Message } from "../records/message.ts";
import { reportedSegments } from "../report/segments.ts";
import { notingBasis } from "./explore/basis.ts";
import { exploreFor } from "./explore/explore.ts";
import { predictorsFor } from "./explore/predictors.ts";
import { drawsFrom } from "./explore/random.ts";
import { assignedFor, experimentsOf, withVariants } from "./explore/variants.ts";
import type { Candidate, Contender, Selected } from "./input/candidate.ts";
import type { DecideInput, DecideResult } from "./input/input.ts";
import type { RuleScope } from "./input/rules.ts";
import { ruleScope } from "./input/scope.ts";
import { preparedPlaybook } from "./prepared/playbook.ts";
import { checksOf, chosenOf } from "./record/reasons.ts";
import { contactOf, messageOf, subjectOf } from "./record/request.ts";
import { arbitrate } from "./stages/arbitrate.ts";
import { claimsOf, holdsAfter } from "./stages/claims.ts";
import { consider, isContender } from "./stages/consider.ts";
import { type Policy, policyFor } from "./stages/policy/policy.ts";

/**
 * One decision: candidates, eligibility, contact policy, score, arbitration, channel, moment, record. Pure: the clock,
 * the ids and the randomness come with the input. Nothing is written; the result lists what to write, which is nothing in a dry run.
 */
export const decide = (input: DecideInput): DecideResult => {
  const prepared = preparedPlaybook(input.playbook);
  const noting = notingBasis(input);
  const assigned = assignedFor(input);
  const { candidates, changes } = withVariants(prepared.candidatesAt(input.placement, input.mode), assigned);
  const chosen = choose(noting.input, candidates, changes.holdout);
  const { selected } = chosen;
  const decision = { ...chosen.decision, ...experimentsOf(assigned) };
  const basis = noting.basis();
  const { record } = input;
  if (decision.dryRun) return { decision, basis, messages: [] };
  const claims = claimsOf(input, selected);
  const claimed = claims.length === 0 ? {} : { claims };
  if (record === null) return { decision, basis, messages: [], ...claimed };
  const messages = input.mode === "message" ? messagesFor(input, record, selected) : [];
  const contact = contactAfter(input, record, selected, claims);
  return { decision, basis, messages, ...claimed, ...(contact === undefined ? {} : { contact }) };
};

const messagesFor = (
  input: DecideInput,
  { state }: CustomerRecord,
  selected: readonly Selected[],
): readonly Message[] =>
  selected.flatMap((one, index) => {
    if (!one.channel.interrupts) return [];
    const { category } = one.contender.candidate;
    const parts = { rank: index + 1, channel: one.channel.name, category, at: one.at };
    return [messageOf(input, state.customerId, { ...parts, subject: subjectOf(one) })];
  });

/** The stages over given candidates. `leftAlone`: an experiment keeps this customer without contact. */
export const choose = (
  input: DecideInput,
  candidates: readonly Candidate[],
  leftAlone = false,
): { readonly decision: Decision; readonly selected: readonly Selected[] } => {
  const { preferenceOf, sharedRules } = preparedPlaybook(input.playbook);
  const scope = ruleScope(input, sharedRules);
  const policy = policyFor(input);
  const considering = { input, scope, policy, preference: preferenceOf(input.record) };
  const contenders: Contender[] = [];
  const refused: Rejection[] = [];
  for (const candidate of candidates) {
    const result = consider(candidate, considering);
    if (isContender(result)) contenders.push(result);
    else refused.push(result);
  }
  const explore = exploreFor(input);
  const { selected, rejected } = arbitrate(contenders, policy, {
    ...(explore === undefined ? {} : { explore }),
    limit: limitOf(input),
    perGroup: input.playbook.placements.get(input.placement)?.perGroup ?? 1,
    ...(input.taken === undefined ? {} : { taken: input.taken }),
    heldOut: leftAlone || isHeldOut(input),
    random: input.random ?? drawsFrom(input.decisionId),
  });
  const decision = {
    ...recordOf(input, selected, [...rejected, ...refused], policy),
    ...learningBasisOf(input, scope, selected),
  };
  return { decision, selected };
};

/** What learning needs when outcomes arrive: the model, and the predictors' values of the customer. */
const learningBasisOf = (
  { playbook, learntAt, foresee }: DecideInput,
  scope: RuleScope,
  selected: readonly Selected[],
): Pick<Decision, "learning"> => {
  const { learning } = playbook;
  const offered = selected.filter(({ contender }) => !contender.candidate.category.transactional);
  if (learning === undefined || offered.length === 0) return {};
  const features = predictorsFor(playbook, scope);
  const approximate = learning.exploration.method === "thompson" ? { approximate: true } : {};
  const values = learning.predictors.map(({ name }) => features[name] ?? null);
  const asOf = learntAt === undefined ? {} : { asOf: new Date(learntAt).toISOString() };
  const foreseen = offered.flatMap(({ contender: { candidate }, channel }) => {
    const both = foresee?.(candidate, channel.name, scope) ?? null;
    return both === null ? [] : [[candidate.action.name, foreseenPair(both)] as const];
  });
  const pairs = foreseen.length === 0 ? {} : { foreseen: Object.fromEntries(foreseen) };
  return { learning: { model: learning.model, ...asOf, values, ...pairs, ...approximate } };
};

/** As the record keeps it: six digits are more than any learner knows. */
const foreseenPair = ({ counters, linear }: Foreseen): readonly [number, number] => [
  Number(counters.toPrecision(6)),
  Number(linear.toPrecision(6)),
];

const limitOf = ({ playbook, placement, limit }: DecideInput): number =>
  limit ?? playbook.placements.get(placement)?.limit ?? 1;

const isHeldOut = ({ record, playbook }: DecideInput): boolean =>
  record !== null && inHoldout(oldestId(record.state), playbook.document.contactPolicy.holdout);

const recordOf = (
  input: DecideInput,
  selected: readonly Selected[],
  rejected: readonly Rejection[],
  policy: Policy,
): Decision => ({
  decisionId: input.decisionId,
  customerId: input.record?.state.customerId ?? null,
  ...(input.record === null && input.ref !== undefined ? { ref: input.ref } : {}),
  placement: input.placement,
  playbook: input.playbook.version,
  at: new Date(input.now).toISOString(),
  dryRun: input.dryRun ?? false,
  ...(input.trigger === undefined ? {} : { trigger: input.trigger }),
  ...(input.eventId === undefined ? {} : { eventId: input.eventId }),
  ...(input.anewOf === undefined ? {} : { anewOf: input.anewOf }),
  depth: input.depth ?? 0,
  actions: selected.map((one, index) => chosenOf(input, one, index + 1, policy)),
  rejected,
  ...clocksOf(input, selected, rejected, policy),
  ...reportedSegments(input.playbook.document, input.record),
  checks: checksOf(selected),
});

/** The customer's or the brand's time zone, where something of the decision happens later. */
const clocksOf = (
  { now, playbook }: DecideInput,
  selected: readonly Selected[],
  rejected: readonly Rejection[],
  policy: Policy,
): Pick<Decision, "timeZone"> => {
  const isDated =
    selected.some(({ at }) => at > now) || rejected.some(({ reason }) => reason === "cool-down");
  const zone = isDated ? policy.clocks.zone : undefined;
  return zone === undefined || zone === playbook.document.brand.timeZone ? {} : { timeZone: zone };
};

/** Contact history with the chosen actions, or undefined when none of them is ever counted. */
export const contactAfter = (
  input: DecideInput,
  record: CustomerRecord,
  selected: readonly Selected[],
  claims: readonly Claim[],
): DecideResult["contact"] => {
  const contacts = selected.flatMap((one, index) => contactOf(input, one, index + 1) ?? []);
  const holds = holdsAfter(record.contact.holds, claims, input.now);
  if (contacts.length === 0 && holds === undefined) return undefined;
  const { caps } = input.playbook.document.contactPolicy;
  const history = withContacts(record.contact, contacts, {
    now: input.now,
    caps,
    memoryMs: input.playbook.learning?.windowMs ?? 0,
  });
  return holds === undefined ? history : { ...history, holds };
};
