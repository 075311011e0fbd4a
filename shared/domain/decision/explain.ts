import { DOING_NOTHING, NO_TREATMENT, ONLY_SHOWN } from "./considered.ts";
import { toldScore } from "./score.ts";
import type { ChosenAction, Decision, Rejection } from "./types.ts";

/** Reasons of terms.ts begin so. */
const BY_TERMS = /^(only after|not beside) /;

/** What was expected to be worth more than what was drawn instead, to go on learning. */
const wasWorthMore = ({ reason, factors }: Rejection, drawn: ChosenAction | undefined): boolean =>
  reason === "outranked" &&
  drawn !== undefined &&
  factors !== undefined &&
  toldScore(factors).score > toldScore({ contextWeight: 1, lever: 1, ...drawn }).score;

const figure = (value: number): string => String(Number(value.toPrecision(3)));

const worthNothing = ({ factors, interruption }: Rejection): string => {
  if (factors === undefined || interruption === undefined) return "Doing nothing is worth more.";
  const { channel, cost, minimum } = interruption;
  const after = cost === 0 ? "" : ` less the ${figure(cost)} that it costs`;
  return `Doing nothing is worth more: by ${channel} it is worth ${figure(factors.score)}${after}, and must be worth more than ${figure(minimum)}.`;
};

/** One sentence that a call-centre agent can read out. `chosen`: what was chosen instead, where something was. */
export const sentenceFor = (rejection: Rejection, chosen: readonly ChosenAction[] = []): string => {
  const { action, reason, by = "" } = rejection;
  switch (reason) {
    case "rule":
      return /^\d+$/.test(by)
        ? `Rule ${by} of its conditions does not hold for this customer.`
        : by === "value"
          ? "Its value cannot be computed for this customer."
          : BY_TERMS.test(by)
            ? `It is offered ${by}.`
            : `It is ${by}.`;
    case "consent":
      return `There is no consent that covers it (${by}).`;
    case "suppressed":
      return `The customer's address on ${by} must not be used: it bounced, is invalid, or a complaint came from it.`;
    case "quiet-hours":
      return `It is quiet time for the customer (${by}), and it cannot wait until that is over.`;
    case "cap":
      return `The customer has had as many contacts as the limit "${by}" allows.`;
    case "cool-down":
      return `The customer turned it down; it is not offered again before ${by}.`;
    case "stock":
      return by === "budget" ? "Its budget for now is used up." : "There is none left to offer.";
    case "no-address":
      return by === NO_TREATMENT
        ? "There is nothing made for this place and channel."
        : by === ONLY_SHOWN
          ? "It can only be shown, not sent."
          : `The customer has no address on ${by}.`;
    case "outranked":
      return by === DOING_NOTHING
        ? worthNothing(rejection)
        : by === action
          ? "It is shown in another place of the same answer."
          : wasWorthMore(
                rejection,
                chosen.find(({ action: other }) => other === by),
              )
            ? `It is expected to be worth more, but "${by}" was drawn this time, so that we go on learning.`
            : `"${by}" was worth more.`;
    case "holdout":
      return "The customer belongs to the group that is left alone so that the effect of contact can be measured.";
  }
};

/** The rejections with their sentences, as the API answers them: the same at once and from the record. */
export const explained = ({
  actions,
  rejected,
}: Pick<Decision, "actions" | "rejected">): readonly (Rejection & { readonly detail: string })[] =>
  rejected.map((rejection) => ({
    ...rejection,
    ...(rejection.factors === undefined ? {} : { factors: toldScore(rejection.factors) }),
    detail: sentenceFor(rejection, actions),
  }));

const timeOf = (iso: string): string => `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;

const wayOf = ({ channel, sendAt }: ChosenAction): string =>
  [channel === undefined ? "" : ` by ${channel}`, sendAt === undefined ? "" : ` on ${timeOf(sendAt)}`].join(
    "",
  );

/** In 100, one digit where a whole number would say never or always. */
const chanceOf = ({ probability }: ChosenAction): string => {
  const whole = Math.round(probability * 100);
  return whole > 0 && whole < 100 ? String(whole) : (probability * 100).toFixed(1);
};

/** The decision in words that can be read out to the customer it is about. */
export const explanationOf = ({ actions, rejected }: Decision): string => {
  const [best, ...others] = actions;
  const considered = actions.length + rejected.length;
  if (best === undefined) {
    const [first] = rejected;
    if (first === undefined) return "There is nothing to offer here.";
    return `Nothing is offered. What came closest was "${first.action}": ${sentenceFor(first)}`;
  }
  const all = others.map((other) => `"${other.action}"${wayOf(other)}`);
  const further = all.length === 0 ? "" : ` After it come ${all.join(", ")}.`;
  const better = rejected.find((rejection) => wasWorthMore(rejection, best));
  const chosen =
    considered === 1
      ? "it was the only one to consider"
      : better === undefined
        ? `of ${considered} that were considered it is allowed and worth most to you and us`
        : `of ${considered} that were considered it is allowed and was drawn, though "${better.action}" is expected to be worth more`;
  const drawn =
    best.probability < 1
      ? ` The choice was in part by chance (${chanceOf(best)} in 100), so that we go on learning.`
      : "";
  return `"${best.action}" was chosen${wayOf(best)}: ${chosen}.${further}${drawn}`;
};
