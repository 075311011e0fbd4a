import { isWindowOpen } from "../../contact-policy/writing-window.ts";
import type { Score } from "../../records/chosen-action.ts";
import type { Cause, Rejection } from "../../records/decision.ts";
import type { Candidate, Contender, PreparedChannel, WorthOnChannel } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { declaredPropensity } from "../input/propensity.ts";
import { holds, type RuleScope } from "../input/rules.ts";
import type { Preference } from "../prepared/preference.ts";
import type { Policy } from "./policy/policy.ts";
import { scoreOf } from "./score.ts";
import { unmetTerm } from "./terms.ts";

const ineligible = (candidate: Candidate, cause: Cause): Rejection => ({
  action: candidate.name,
  stage: "eligibility",
  reason: "rule",
  cause,
});

const NO_VALUE: Cause = { kind: "no-value" };

/** Life span, then every rule in turn. Null: eligible. */
const checkEligibility = (candidate: Candidate, scope: RuleScope, now: number): Rejection | null => {
  const { active, rules } = candidate;
  if (active !== null && now < active.from) return ineligible(candidate, { kind: "not-yet-active" });
  if (active !== null && now >= active.to) return ineligible(candidate, { kind: "no-longer-active" });
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index];
    if (rule !== undefined && !holds(rule, scope))
      return ineligible(candidate, { kind: "condition", number: index + 1 });
  }
  return null;
};

/** The channel with what may be said there when a message leaves. Null: nothing may. */
const withinWindow = (
  channel: PreparedChannel,
  record: DecideInput["record"],
  at: number,
): PreparedChannel | null => {
  const { outsideWindow } = channel;
  if (outsideWindow === undefined || isWindowOpen(record?.state, channel.name, at)) return channel;
  return outsideWindow === null || outsideWindow.totalWeight === 0 ? null : outsideWindow;
};

/**
 * The channels on which contact policy allows the action, or why there is none. A missing address explains least, so any
 * other reason is named before it.
 */
const openChannels = (
  candidate: Candidate,
  policy: Policy,
  { channel: only, mode, record }: Pick<DecideInput, "channel" | "mode" | "record">,
): PreparedChannel[] | Rejection => {
  const { name: action } = candidate;
  const open: PreparedChannel[] = [];
  let refused: Rejection | undefined;
  let isMade = false;
  const refuse = (stage: Rejection["stage"], reason: Rejection["reason"], cause: Cause): void => {
    if (refused !== undefined && refused.reason !== "no-address") return;
    refused = { action, stage, reason, cause };
  };
  for (const channel of candidate.channels) {
    if ((only !== undefined && channel.name !== only) || channel.totalWeight === 0) continue;
    isMade = true;
    // Content cannot be shown when a message is asked for: the customer is not there.
    if (mode === "message" && !channel.interrupts) continue;
    const gate = policy.gate(candidate, channel);
    if (gate.reason !== null) refuse(gate.stage, gate.reason, gate.cause);
    else if (candidate.active !== null && gate.at >= candidate.active.to)
      refuse("policy", "quiet-hours", { kind: "quiet", place: policy.clocks.place });
    else {
      const cap = channel.caps.length === 0 ? null : policy.fullCap(channel, gate.at);
      const sayable = cap === null ? withinWindow(channel, record, gate.at) : channel;
      if (cap !== null) refuse("policy", "cap", { kind: "cap", name: cap });
      else if (sayable === null) refuse("policy", "window", { kind: "window", channel: channel.name });
      else open.push(sayable);
    }
  }
  if (open.length > 0) return open;
  return (
    refused ?? {
      action,
      stage: "channel",
      reason: "no-address",
      cause: { kind: isMade ? "only-shown" : "no-treatment" },
    }
  );
};

/** What all candidates of one decision are considered with. */
export type Considering = {
  readonly input: DecideInput;
  readonly scope: RuleScope;
  readonly policy: Policy;
  readonly preference: Preference | undefined;
};

/** Eligibility, contact policy and score of one candidate: a contender, or why it is none. */
export const consider = (candidate: Candidate, considering: Considering): Contender | Rejection => {
  const { input, scope, policy } = considering;
  const rejected = checkEligibility(candidate, scope, input.now);
  if (rejected !== null) return rejected;
  const { name: action, category } = candidate;
  const term = unmetTerm(candidate, input);
  if (term !== null) return term;
  const rest = category.transactional ? null : policy.coolDown(action);
  if (rest !== null)
    return { action, stage: "policy", reason: "cool-down", cause: { kind: "resting", ...rest } };
  const channels = openChannels(candidate, policy, input);
  if (!Array.isArray(channels)) return channels;
  const [only, second] = channels;
  if (only !== undefined && second === undefined) {
    // Most have one channel: nothing to compare, and no memory spent on comparing.
    const score = scoreOf(
      channels.length === candidate.channels.length ? candidate : { ...candidate, channels },
      scope,
      input.propensity ?? declaredPropensity,
    );
    if (score === null) return ineligible(candidate, NO_VALUE);
    if (!isWorth(only, score.score - only.cost)) return notWorthIt(action, only, score);
    return { candidate, score, channels, worth: null };
  }
  const worth = worthOn(channels, candidate, considering);
  if (worth === null) return ineligible(candidate, NO_VALUE);
  const open = worth.filter(({ channel, net }) => isWorth(channel, net));
  const [best] = open;
  if (best === undefined) return notWorthIt(action, worth[0]?.channel, worth[0]?.score);
  return { candidate, score: best.score, channels: open.map(({ channel }) => channel), worth: open };
};

const isWorth = ({ interrupts, minimum }: PreparedChannel, net: number): boolean =>
  net > minimum || !interrupts;

/** By the best of its channels, which is the last to be given up. */
const notWorthIt = (action: string, best?: PreparedChannel, factors?: Score): Rejection => ({
  action,
  stage: "arbitration",
  reason: "outranked",
  cause: { kind: "doing-nothing" },
  ...(factors && { factors }),
  ...(best && { interruption: { channel: best.name, cost: best.cost, minimum: best.minimum } }),
});

type Worth = WorthOnChannel & {
  /** Less the channel's cost. */
  readonly net: number;
  readonly weighed: number;
};

/**
 * What the action is worth on each channel, best first: what it is worth there (a model may have learnt
 * it by channel) less what the channel costs. On the channel that the customer prefers it counts so many times as much,
 * when channels are compared and for nothing else. Alike ones stay in the brand's order. Null: it has no value.
 */
const worthOn = (
  channels: readonly PreparedChannel[],
  candidate: Candidate,
  { input: { propensity }, scope, preference }: Considering,
): readonly Worth[] | null => {
  const isPreferred = ({ name }: PreparedChannel): boolean => name === preference?.channel;
  const extra = preference === undefined ? 0 : preference.weight - 1;
  let same: Score | null = null;
  const worth: Worth[] = [];
  for (const channel of channels) {
    const score: Score | null =
      propensity === undefined
        ? (same ?? scoreOf(candidate, scope, declaredPropensity))
        : scoreOf({ ...candidate, channels: [channel] }, scope, propensity);
    if (score === null) return null;
    same = score;
    const net = score.score - channel.cost;
    worth.push({
      channel,
      score,
      net,
      weighed: isPreferred(channel) ? net + extra * Math.abs(score.score) : net,
    });
  }
  if (worth.length < 2) return worth;
  return worth.sort(
    (left, right) =>
      right.weighed - left.weighed || Number(isPreferred(right.channel)) - Number(isPreferred(left.channel)),
  );
};

export const isContender = (result: Contender | Rejection): result is Contender => "candidate" in result;
