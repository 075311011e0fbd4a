import { HOUR_MS } from "#kernel/time.ts";
import type { Action } from "../../playbook/model/document.ts";
import type { ChosenAction } from "../../records/chosen-action.ts";
import type { Cause, Rejection } from "../../records/decision.ts";
import { roundedScore } from "../stages/score.ts";
import { actionOf, channelInWords, type ExplainInput, momentOf, shortened, titleOf } from "./words.ts";

const figure = (value: number): string => String(Number(value.toPrecision(3)));

const scoreOf = ({ factors }: Rejection): number | undefined =>
  factors === undefined ? undefined : roundedScore(factors).score;
const scoreOfChosen = (chosen: ChosenAction): number =>
  roundedScore({ contextWeight: 1, lever: 1, ...chosen }).score;

/** Whether an action was expected to be worth more than the one that was drawn instead, to go on learning. */
export const wasWorthMore = (rejection: Rejection, drawn: ChosenAction | undefined): boolean =>
  rejection.reason === "outranked" &&
  drawn !== undefined &&
  drawn.pick !== undefined &&
  (scoreOf(rejection) ?? 0) > scoreOfChosen(drawn);

export const isTransactional = (
  { document }: ExplainInput,
  { action }: Pick<ChosenAction, "action">,
): boolean => {
  const category = document?.actions.find(({ name }) => name === action)?.category;
  return (
    document?.contactPolicy.categories.some((one) => one.name === category && one.transactional) === true
  );
};

/** What the customer did, by the usual names of outcomes. */
const DONE: Readonly<Record<string, string>> = {
  accepted: "accepted it",
  converted: "accepted it",
  dismissed: "waved it away",
  refused: "refused it",
  rejected: "refused it",
  declined: "declined it",
  clicked: "clicked on it",
  opened: "opened it",
  complained: "complained about it",
  unsubscribed: "unsubscribed after it",
};

const endOfSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What decides, with the members of its kind. */
type Of<Kind extends Cause["kind"]> = Extract<Cause, { readonly kind: Kind }>;

const notYetActive = ({ activeFrom }: Partial<Action>, input: ExplainInput): string =>
  activeFrom === undefined ? "It has not begun yet." : `It begins on ${momentOf(input, activeFrom)}.`;

const noLongerActive = ({ activeTo }: Partial<Action>, input: ExplainInput): string =>
  activeTo === undefined ? "It is over." : `It ended on ${momentOf(input, activeTo)}.`;

const byCondition = ({ number }: Of<"condition">, action: Partial<Action>, input: ExplainInput): string => {
  const because = action.because?.[number - 1];
  if (typeof because === "string") return endOfSentence(because);
  return conditionInWords(action.eligible?.[number - 1], number, input);
};

/** A condition without a description of its own: a segment by its name, any other as it is written. */
const conditionInWords = (
  condition: string | undefined,
  number: number,
  { document }: ExplainInput,
): string => {
  if (condition === undefined) return `Condition ${number} of it does not hold for the customer.`;
  const [, outside, within] = /^(?:not\(customer\.(.+)\)|customer\.(.+))$/.exec(condition.trim()) ?? [];
  const segment = document?.segments.find(({ name }) => name === (outside ?? within))?.name;
  if (segment === undefined) return `Its condition does not hold for the customer: ${shortened(condition)}.`;
  return outside === undefined
    ? `It is for the segment "${segment}", and the customer is not in it.`
    : `It is not for the segment "${segment}", and the customer is in it.`;
};

const onlyAfter = (
  { action: required, outcome }: Of<"only-after">,
  action: Partial<Action>,
  input: ExplainInput,
): string => {
  const within = action.requires?.find((one) => one.action === required)?.withinMs;
  const lately = within === undefined ? "" : ` in the last ${daysOf(within)}`;
  const what = titleOf(input, required);
  return Object.hasOwn(DONE, outcome)
    ? `It is only for a customer who was offered ${what} and ${DONE[outcome]}${lately}.`
    : `It is only for a customer of whom "${outcome}" is known after ${what}${lately}.`;
};

const daysOf = (ms: number): string => {
  const [count, unit] = ms >= 48 * HOUR_MS ? [ms / (24 * HOUR_MS), "days"] : [ms / HOUR_MS, "hours"];
  return `${figure(count)} ${unit}`;
};

const byConsent = ({ channel, verdict }: Of<"consent">): string => {
  const way = channelInWords(channel);
  switch (verdict) {
    case "withdrawn":
      return `The customer does not want this by ${way}.`;
    case "mailbox-said-no":
      return `Somebody at the customer's address said no to this by ${way}.`;
    case "pending":
      return `The customer has not yet confirmed, by the link of a message, to want this by ${way}.`;
    case "expired":
      return `The customer's consent to this by ${way} has run out.`;
    case "implied-only":
      return `The customer has never said yes to this by ${way} in so many words, which it takes.`;
    default:
      return `The customer has not agreed to get this by ${way}.`;
  }
};

const resting = ({ outcome, until }: Of<"resting">, input: ExplainInput): string => {
  const again = `it is not offered again before ${momentOf(input, Date.parse(until))}.`;
  if (outcome === undefined) return `It came up lately: ${again}`;
  return Object.hasOwn(DONE, outcome)
    ? `The customer ${DONE[outcome]}: ${again}`
    : `What came of it last was "${outcome}": ${again}`;
};

const byAddress = ({ reason }: Rejection, { name }: Of<"channel">): string =>
  reason === "suppressed"
    ? `Nothing may go to the customer by ${channelInWords(name)}: the address does not work, or a complaint came from it.`
    : `The customer cannot be reached by ${channelInWords(name)}: no address is known.`;

const notWorthAMessage = ({ factors, interruption }: Rejection): string => {
  if (factors === undefined || interruption === undefined)
    return "It is worth nothing to the customer and us now.";
  const { channel, cost, minimum } = interruption;
  const after = cost === 0 ? "" : ` less the ${figure(cost)} that it costs`;
  return `It is not worth a message: by ${channelInWords(channel)} it is worth ${figure(roundedScore(factors).score)}${after}, and it takes more than ${figure(minimum)}.`;
};

const byWinner = (rejection: Rejection, { name }: Of<"action">, input: ExplainInput): string => {
  if (name === rejection.action) return "It is shown in another place of the same answer.";
  const { actions, rejected } = input.decision;
  const winner = titleOf(input, name);
  const chosen = actions.find((one) => one.action === name);
  if (chosen === undefined) {
    return rejected.some((other) => other.action === name)
      ? `${winner} is worth more.`
      : `It is not offered beside ${winner}, which has another place of the same answer.`;
  }
  if (isTransactional(input, chosen) && !isTransactional(input, rejection))
    return `${winner} comes first, whatever else is worth.`;
  if (wasWorthMore(rejection, chosen)) {
    return `It is expected to be worth more, but ${winner} was drawn this time, so that we go on learning.`;
  }
  return scoreOf(rejection) === scoreOfChosen(chosen)
    ? `${winner} is worth just as much, and there is room for one.`
    : `${winner} is worth more.`;
};

/** Why an action was not chosen: one sentence that a call-centre agent can read out, with the customer in the third person. */
export const sentenceFor = (rejection: Rejection, input: ExplainInput): string => {
  const { cause } = rejection;
  const action: Partial<Action> = actionOf(input, rejection.action) ?? {};
  switch (cause.kind) {
    case "condition":
      return byCondition(cause, action, input);
    case "not-yet-active":
      return notYetActive(action, input);
    case "no-longer-active":
      return noLongerActive(action, input);
    case "no-value":
      return "What it is worth cannot be worked out: something about the customer is not known.";
    case "only-after":
      return onlyAfter(cause, action, input);
    case "not-beside":
      return `The customer has accepted ${titleOf(input, cause.action)}, and it is not offered beside that.`;
    case "stock":
      return "There is none left.";
    case "budget":
      return "The money set aside for it is spent for now.";
    case "consent":
      return byConsent(cause);
    case "resting":
      return resting(cause, input);
    case "cap":
      return `The customer has had as many contacts as "${cause.name}" allows for now.`;
    case "quiet":
      return `These are quiet hours where the customer is (${cause.place}), and it cannot wait until they are over.`;
    case "channel":
      return byAddress(rejection, cause);
    case "no-treatment":
      return "There is nothing made for this place and channel.";
    case "only-shown":
      return "It can only be shown, not sent.";
    case "action":
      return byWinner(rejection, cause, input);
    case "doing-nothing":
      return notWorthAMessage(rejection);
    case "held":
      return `The customer's conversation${cause.topic === undefined ? "" : ` about "${cause.topic}"`} comes first: it is decided anew when that is over.`;
    case "window":
      return `By ${channelInWords(cause.channel)} the customer may be written to freely only for a while after they wrote, and there is no approved text of it.`;
    case "held-out":
      return "The customer belongs to a group that is left alone, so that we learn what contact does for the others.";
  }
};
