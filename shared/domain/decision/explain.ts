import type { ChosenAction, Decision, Rejection } from "./types.ts";

/** Reasons of terms.ts begin so. */
const BY_TERMS = /^(only after|not beside) /;

/** One sentence that a call-centre agent can read out. */
export const sentenceFor = ({ action, reason, by = "" }: Rejection): string => {
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
      return by === ""
        ? "The customer cannot be reached on any of its channels."
        : `The customer has no address on ${by}.`;
    case "outranked":
      return by === "doing nothing"
        ? "Doing nothing is worth more to this customer."
        : by === action
          ? "It is shown in another place of the same answer."
          : `"${by}" was worth more.`;
    case "holdout":
      return "The customer belongs to the group that is left alone so that the effect of contact can be measured.";
  }
};

/** The rejections with their sentences, as the API answers them. */
export const explained = (
  rejected: readonly Rejection[],
): readonly (Rejection & { readonly detail: string })[] =>
  rejected.map((rejection) => ({ ...rejection, detail: sentenceFor(rejection) }));

const timeOf = (iso: string): string => `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;

const wayOf = ({ channel, sendAt }: ChosenAction): string =>
  [channel === undefined ? "" : ` by ${channel}`, sendAt === undefined ? "" : ` on ${timeOf(sendAt)}`].join(
    "",
  );

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
  const chosen =
    considered === 1
      ? "it was the only one to consider"
      : `of ${considered} that were considered it is allowed and worth most to you and us`;
  const drawn =
    best.probability < 1
      ? ` The choice was in part by chance (${Math.round(best.probability * 100)} in 100), so that we go on learning.`
      : "";
  return `"${best.action}" was chosen${wayOf(best)}: ${chosen}.${further}${drawn}`;
};
