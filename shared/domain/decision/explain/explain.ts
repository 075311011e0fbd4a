import type { ChosenAction } from "../../records/chosen-action.ts";
import { MESSAGES_PLACEMENT, type Rejection } from "../../records/decision.ts";
import { roundedScore } from "../stages/score.ts";
import { answerOf } from "./answer.ts";
import { causeInWords } from "./cause-in-words.ts";
import { isTransactional, sentenceFor, wasWorthMore } from "./sentences.ts";
import { channelInWords, type ExplainInput, isMessageChannel, momentOf, titleOf } from "./words.ts";

/** The rejections with their sentences, as the API answers them: the same at once and from the record. */
export const explained = (input: ExplainInput) =>
  input.decision.rejected.map(({ cause, ...rejection }) => ({
    ...rejection,
    by: causeInWords(cause),
    ...(rejection.factors === undefined ? {} : { factors: roundedScore(rejection.factors) }),
    detail: sentenceFor({ ...rejection, cause }, input),
  }));

/** The answer with everything that was considered, and words to read out. */
export const explainedAnswer = (input: ExplainInput) => ({
  ...answerOf(input.decision),
  rejected: explained(input),
  checks: input.decision.checks,
  explanation: explanationOf(input),
});

/** The probability as a percentage, with one decimal where it would round to 0 or 100. */
const chanceOf = ({ probability }: ChosenAction): string => {
  const whole = Math.round(probability * 100);
  return whole > 0 && whole < 100 ? String(whole) : (probability * 100).toFixed(1);
};

/** Says whether the action or its treatment was drawn by chance. */
const byChance = (best: ChosenAction): string => {
  if (best.probability === 1) return "";
  const chance = chanceOf(best);
  return best.pick === undefined
    ? ` Which wording it has was drawn (${chance} in 100).`
    : ` The choice was in part by chance (${chance} in 100), so that we go on learning.`;
};

/** By which channel it goes out, and when if not now. Content that is shown at once needs no such words. */
const wayOf = ({ channel, sendAt }: ChosenAction, input: ExplainInput): string => {
  if (channel === undefined || !isMessageChannel(input, channel)) return "";
  const later = sendAt === undefined ? "" : ` on ${momentOf(input, Date.parse(sendAt))}`;
  return ` by ${channelInWords(channel)}${later}`;
};

/** The rejected action that came closest; one whose conditions the customer does not meet was never close. */
const closest = ({ decision: { rejected } }: ExplainInput): Rejection | undefined =>
  (["arbitration", "policy", "channel"] as const)
    .flatMap((stage) => rejected.filter((one) => one.stage === stage))
    .at(0);

const nothingChosen = (input: ExplainInput): string => {
  const { placement, rejected } = input.decision;
  const [first] = rejected;
  if (first === undefined) return "There is nothing to offer here.";
  const near = closest(input);
  if (placement === MESSAGES_PLACEMENT) {
    return `The message that was asked for does not go out. ${sentenceFor(first, input)}`;
  }
  if (near === undefined) {
    return rejected.length === 1
      ? `Nothing is offered. There was only ${titleOf(input, first.action)}. ${sentenceFor(first, input)}`
      : `Nothing is offered: none of the ${rejected.length} offers for this place is open to the customer now.`;
  }
  return `Nothing is offered. What came closest was ${titleOf(input, near.action)}. ${sentenceFor(near, input)}`;
};

/** Where several are chosen, an action drawn later may be worth more than the first. */
const drawnAfter = (best: ChosenAction, chosen: readonly ChosenAction[]): ChosenAction | undefined =>
  best.pick === undefined ? undefined : chosen.find((other) => other.score > best.score);

const whyChosen = (best: ChosenAction, input: ExplainInput): string => {
  const { actions, rejected } = input.decision;
  const considered = actions.length + rejected.length;
  if (considered === 1) return "it was the only one to consider";
  if (isTransactional(input, best)) return "it is what the customer is waiting for, and comes first";
  const better = rejected.find((rejection) => wasWorthMore(rejection, best)) ?? drawnAfter(best, actions);
  return better === undefined
    ? `of the ${considered} that were considered it is allowed, and worth most to the customer and us`
    : `of the ${considered} that were considered it is allowed and was drawn, though ${titleOf(input, better.action)} is expected to be worth more`;
};

/** The decision in words that an agent can read out. */
export const explanationOf = (input: ExplainInput): string => {
  const { actions, placement } = input.decision;
  const [best, ...others] = actions;
  if (best === undefined) return nothingChosen(input);
  if (placement === MESSAGES_PLACEMENT) {
    return `The message that was asked for goes out${wayOf(best, input)}: nothing forbids it.`;
  }
  const all = others.map((other) => `${titleOf(input, other.action)}${wayOf(other, input)}`);
  const further = all.length === 0 ? "" : ` After it come ${all.join(", ")}.`;
  const chosen = `${titleOf(input, best.action)} was chosen${wayOf(best, input)}`;
  return `${chosen}: ${whyChosen(best, input)}.${further}${byChance(best)}`;
};
