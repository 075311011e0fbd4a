import type { ChosenAction, Score } from "../../records/chosen-action.ts";
import { timeInWords } from "../explain/words.ts";
import type { Selected } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { preparedPlaybook } from "../prepared/playbook.ts";
import { heldUntil } from "../stages/claims.ts";
import type { Policy } from "../stages/policy/policy.ts";

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000);

const likelihood = ({ propensity, bonus }: Score): string =>
  bonus === undefined ? rounded(propensity) : `(${rounded(propensity)} + ${rounded(bonus)} to find out more)`;

/** Why this channel. */
const wayOf = (
  { playbook, record }: DecideInput,
  { channel: { name }, contender: { channels } }: Selected,
): string => {
  const wish = preparedPlaybook(playbook).preferenceOf(record)?.channel;
  if (wish === name) return `${name} is the channel that the customer prefers`;
  const names = channels.map((channel) => channel.name);
  return wish !== undefined && names.indexOf(wish) > names.indexOf(name)
    ? `${name} is worth too much more than ${wish}, which the customer prefers`
    : `${name} is the best channel allowed`;
};

const whyLater = ({ notBefore }: DecideInput, { channel, at }: Selected, policy: Policy): string => {
  if (at === notBefore) return "it was asked for then";
  return policy.isBestHour(channel, at)
    ? "the hour at which the customer responds most"
    : `quiet hours end (${policy.clocks.place})`;
};

/** Why this action, in sentences that people read. */
const reasonsFor = (input: DecideInput, selected: Selected, policy: Policy): string[] => {
  const { contender, channel, at, share } = selected;
  const { score, candidate } = contender;
  const rules = candidate.action.eligible.length;
  const reasons = [
    rules === 0 ? "open to everyone" : `its ${rules === 1 ? "condition holds" : `${rules} conditions hold`}`,
    `score ${rounded(score.score)} = propensity ${likelihood(score)} x value ${rounded(score.value)} x context ${rounded(score.contextWeight)} x lever ${rounded(score.lever)}`,
  ];
  if (share < 1) reasons.push(`drawn with probability ${rounded(share)} among the best, to go on learning`);
  if (channel.kind === "message") {
    const cost = channel.cost === 0 ? "" : `, cost ${rounded(channel.cost)}`;
    reasons.push(`${wayOf(input, selected)}${cost}`);
  }
  if (at > input.now) {
    const { timeZone } = input.playbook.document.brand;
    const until = timeInWords(at, policy.clocks.zone ?? timeZone, input.now);
    reasons.push(`held until ${until}: ${whyLater(input, selected, policy)}`);
  }
  return reasons;
};

export const chosenOf = (
  input: DecideInput,
  selected: Selected,
  rank: number,
  policy: Policy,
): ChosenAction => {
  const { contender, channel, choice, at, share, pick } = selected;
  const { treatment, probability, draw } = choice;
  return {
    action: contender.candidate.action.name,
    treatment: treatment.name,
    channel: channel.name,
    ...(treatment.content === undefined ? {} : { content: treatment.content }),
    rank,
    score: contender.score.score,
    propensity: contender.score.propensity,
    ...(contender.score.bonus === undefined ? {} : { bonus: contender.score.bonus }),
    value: contender.score.value,
    contextWeight: contender.score.contextWeight,
    lever: contender.score.lever,
    reasons: reasonsFor(input, selected, policy),
    probability: probability * share,
    ...(draw === undefined ? {} : { draw }),
    ...(pick === undefined ? {} : { pick }),
    ...heldUntil(input, selected),
    ...(at > input.now ? { sendAt: new Date(at).toISOString() } : {}),
  };
};

/** Names of the policy checks that every chosen action passed. */
export const checksOf = (selected: readonly Selected[]): string[] => {
  if (selected.length === 0) return [];
  const checks: string[] = [];
  if (selected.some(({ channel }) => channel.interrupts)) checks.push("address", "suppression");
  if (selected.some(({ contender }) => contender.candidate.category.consent !== "none")) {
    checks.push("consent");
  }
  if (selected.some(({ contender }) => !contender.candidate.category.transactional)) {
    checks.push("cool-down", "quiet-hours", "cap", "holdout");
  }
  return checks;
};
