import {
  type ChosenAction,
  DOING_NOTHING,
  NO_TREATMENT,
  ONLY_SHOWN,
  type Rejection,
  type RejectionReason,
} from "../../records/decision.ts";
import {
  CONSENT,
  NO_LONGER_ACTIVE,
  NO_VALUE,
  NOT_BESIDE,
  NOT_YET_ACTIVE,
  ONLY_AFTER,
  RESTING,
} from "../stages/grounds.ts";
import { toldScore } from "../stages/score.ts";
import { actionOf, channelInWords, momentOf, shortened, type Telling, titleOf } from "./words.ts";

type Sentence = (rejection: Rejection, telling: Telling) => string;

const figure = (value: number): string => String(Number(value.toPrecision(3)));

const scoreOf = ({ factors }: Rejection): number | undefined =>
  factors === undefined ? undefined : toldScore(factors).score;
const scoreOfChosen = (chosen: ChosenAction): number =>
  toldScore({ contextWeight: 1, lever: 1, ...chosen }).score;

/** What was expected to be worth more than what was drawn instead, to go on learning. */
export const wasWorthMore = (rejection: Rejection, drawn: ChosenAction | undefined): boolean =>
  rejection.reason === "outranked" &&
  drawn !== undefined &&
  drawn.pick !== undefined &&
  (scoreOf(rejection) ?? 0) > scoreOfChosen(drawn);

export const isOwed = ({ document }: Telling, { action }: Pick<ChosenAction, "action">): boolean => {
  const category = document?.actions.find(({ name }) => name === action)?.category;
  return (
    document?.contactPolicy.categories.some((one) => one.name === category && one.transactional) === true
  );
};

/** What somebody did, by the usual names of outcomes. */
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

const byRule: Sentence = ({ action: name, by = "" }, telling) => {
  const action = actionOf(telling, name);
  if (by === NO_VALUE)
    return "What it is worth cannot be worked out: something about the customer is not known.";
  if (by === NOT_YET_ACTIVE) {
    return action?.activeFrom === undefined
      ? "It has not begun yet."
      : `It begins on ${momentOf(telling, action.activeFrom)}.`;
  }
  if (by === NO_LONGER_ACTIVE) {
    return action?.activeTo === undefined
      ? "It is over."
      : `It ended on ${momentOf(telling, action.activeTo)}.`;
  }
  if (!/^\d+$/.test(by)) return byTerms(name, by, telling);
  const because = action?.because?.[Number(by) - 1];
  if (typeof because === "string") return endOfSentence(because);
  return conditionInWords(action?.eligible[Number(by) - 1], by, telling);
};

/** A condition that says nothing of itself: of a segment by its name, of anything else as it is written. */
const conditionInWords = (condition: string | undefined, by: string, { document }: Telling): string => {
  if (condition === undefined) return `Condition ${by} of it does not hold for the customer.`;
  const [, outside, within] = /^(?:not\(customer\.(.+)\)|customer\.(.+))$/.exec(condition.trim()) ?? [];
  const segment = document?.segments.find(({ name }) => name === (outside ?? within))?.name;
  if (segment === undefined) return `Its condition does not hold for the customer: ${shortened(condition)}.`;
  return outside === undefined
    ? `It is for the segment "${segment}", and the customer is not in it.`
    : `It is not for the segment "${segment}", and the customer is in it.`;
};

/** What other actions have to do with it. */
const byTerms = (name: string, by: string, telling: Telling): string => {
  const after = ONLY_AFTER.read(by);
  if (after !== null) {
    const [required, outcome] = after;
    const within = actionOf(telling, name)?.requires?.find((one) => one.action === required)?.withinMs;
    const lately = within === undefined ? "" : ` in the last ${daysOf(within)}`;
    const what = titleOf(telling, required);
    return Object.hasOwn(DONE, outcome)
      ? `It is only for a customer who was offered ${what} and ${DONE[outcome]}${lately}.`
      : `It is only for a customer of whom "${outcome}" is known after ${what}${lately}.`;
  }
  const beside = NOT_BESIDE.read(by);
  return beside === null
    ? `It is ${by}.`
    : `The customer has accepted ${titleOf(telling, beside[0])}, and it is not offered beside that.`;
};

const HOUR_MS = 3_600_000;
const daysOf = (ms: number): string => {
  const [count, unit] = ms >= 48 * HOUR_MS ? [ms / (24 * HOUR_MS), "days"] : [ms / HOUR_MS, "hours"];
  return `${figure(count)} ${unit}`;
};

const byConsent: Sentence = ({ by = "" }) => {
  const [channel, verdict] = CONSENT.read(by) ?? [by];
  const way = channelInWords(channel);
  switch (verdict) {
    case "withdrawn":
      return `The customer does not want this by ${way}.`;
    case "expired":
      return `The customer's consent to this by ${way} has run out.`;
    case "implied-only":
      return `The customer has never said yes to this by ${way} in so many words, which it takes.`;
    default:
      return `The customer has not agreed to get this by ${way}.`;
  }
};

const byCoolDown: Sentence = ({ by = "" }, telling) => {
  const [outcome, until] = RESTING.read(by) ?? ["", by];
  const again = `it is not offered again before ${momentOf(telling, Date.parse(until))}.`;
  if (outcome === "") return `It came up lately: ${again}`;
  return Object.hasOwn(DONE, outcome)
    ? `The customer ${DONE[outcome]}: ${again}`
    : `What came of it last was "${outcome}": ${again}`;
};

const byWorth: Sentence = (rejection, telling) => {
  const { action, by = "", factors, interruption } = rejection;
  if (by === DOING_NOTHING) {
    if (factors === undefined || interruption === undefined)
      return "It is worth nothing to the customer and us now.";
    const { channel, cost, minimum } = interruption;
    const after = cost === 0 ? "" : ` less the ${figure(cost)} that it costs`;
    return `It is not worth a message: by ${channelInWords(channel)} it is worth ${figure(toldScore(factors).score)}${after}, and it takes more than ${figure(minimum)}.`;
  }
  if (by === action) return "It is shown in another place of the same answer.";
  const { actions, rejected } = telling.decision;
  const winner = titleOf(telling, by);
  const chosen = actions.find((one) => one.action === by);
  if (chosen === undefined) {
    return rejected.some((other) => other.action === by)
      ? `${winner} is worth more.`
      : `It is not offered beside ${winner}, which has another place of the same answer.`;
  }
  if (isOwed(telling, chosen) && !isOwed(telling, rejection))
    return `${winner} comes first, whatever else is worth.`;
  if (wasWorthMore(rejection, chosen)) {
    return `It is expected to be worth more, but ${winner} was drawn this time, so that we go on learning.`;
  }
  return scoreOf(rejection) === scoreOfChosen(chosen)
    ? `${winner} is worth just as much, and there is room for one.`
    : `${winner} is worth more.`;
};

const SENTENCES: Readonly<Record<RejectionReason, Sentence>> = {
  rule: byRule,
  consent: byConsent,
  suppressed: ({ by = "" }) =>
    `Nothing may go to the customer by ${channelInWords(by)}: the address does not work, or a complaint came from it.`,
  "quiet-hours": ({ by = "" }) =>
    `These are quiet hours where the customer is (${by}), and it cannot wait until they are over.`,
  cap: ({ by = "" }) => `The customer has had as many contacts as "${by}" allows for now.`,
  "cool-down": byCoolDown,
  stock: ({ by }) =>
    by === "budget" ? "The money set aside for it is spent for now." : "There is none left.",
  "no-address": ({ by = "" }) => {
    if (by === NO_TREATMENT) return "There is nothing made for this place and channel.";
    if (by === ONLY_SHOWN) return "It can only be shown, not sent.";
    return `The customer cannot be reached by ${channelInWords(by)}: no address is known.`;
  },
  outranked: byWorth,
  holdout: () =>
    "The customer belongs to a group that is left alone, so that we learn what contact does for the others.",
};

/** Why it was not chosen: one sentence that a call-centre agent can read out, of the customer as somebody else. */
export const sentenceFor: Sentence = (rejection, telling) => SENTENCES[rejection.reason](rejection, telling);
