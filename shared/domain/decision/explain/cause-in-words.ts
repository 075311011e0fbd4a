import type { Cause } from "../../records/decision.ts";

/** What decided a rejection in a few words, for the member `by` of answers: the cap's name, the channel, the winner. */
export const causeInWords = (cause: Cause): string => {
  switch (cause.kind) {
    case "condition":
      return String(cause.number);
    case "no-value":
      return "value";
    case "only-after":
      return `only after ${cause.action} was ${cause.outcome}`;
    case "not-beside":
      return `not beside ${cause.action}, which was accepted`;
    case "consent":
      return `${cause.channel}: ${cause.verdict}`;
    case "resting":
      return cause.outcome === undefined ? cause.until : `${cause.outcome}, until ${cause.until}`;
    case "quiet":
      return cause.place;
    case "cap":
    case "channel":
    case "action":
      return cause.name;
    case "held-out":
      return "";
    case "held":
      return cause.topic ?? "";
    case "window":
      return cause.channel;
    default:
      return cause.kind.replaceAll("-", " ");
  }
};
