import { draw } from "../../learning/explore.ts";
import type { Cause, Rejection } from "../../records/decision.ts";
import type { Explore } from "../explore/explore.ts";
import type { Contender, PreparedChannel, Selected } from "../input/candidate.ts";
import { rivalsFor, type Taken } from "../input/rivals.ts";
import type { Policy } from "./policy.ts";
import { chooseTreatment } from "./treatment.ts";

export type Arbitration = { readonly selected: readonly Selected[]; readonly rejected: readonly Rejection[] };

export type ArbitrationRules = {
  readonly limit: number;
  /** Most actions of one group. */
  readonly perGroup: number;
  /** What other decisions of the same call chose. */
  readonly taken?: Taken;
  /** True for a customer kept free of contact so that the effect of contact can be measured. */
  readonly heldOut: boolean;
  readonly random: () => number;
  /** Absent: the best is chosen. */
  readonly explore?: Explore;
};

/** Without exploring the best is certain. */
const BY_WORTH = { share: 1 } as const;
/** What doing nothing is worth: an action that is not worth more is not worth the interruption. */
const NOTHING = 0;
const DOING_NOTHING: Cause = { kind: "doing-nothing" };

const precedence = ({ candidate }: Contender): number => (candidate.category.transactional ? 1 : 0);

/** What is precedence comes first, then what is worth most; the name settles a tie, whatever order the files came in. */
const byWorth = (left: Contender, right: Contender): number =>
  precedence(right) - precedence(left) ||
  right.score.score - left.score.score ||
  (left.candidate.action.name < right.candidate.action.name ? -1 : 1);

/**
 * The best contenders, at most `limit`, diverse and compatible. Doing nothing is one of them: it beats every action that
 * is worth nothing, except transactional ones, which are precedence and come first. Caps are looked at again as places are taken.
 */
export const arbitrate = (
  contenders: readonly Contender[],
  policy: Policy,
  rules: ArbitrationRules,
): Arbitration => {
  const selected: Selected[] = [];
  const rejected: Rejection[] = [];
  const rivals = rivalsFor(rules.perGroup, rules.taken);
  let free = rules.limit;
  let winner: Cause = DOING_NOTHING;

  const reject = (
    { candidate, score: factors }: Contender,
    stage: Rejection["stage"],
    reason: Rejection["reason"],
    cause: Cause,
  ) => rejected.push({ action: candidate.action.name, stage, reason, cause, factors });

  const select = (contender: Contender): Omit<Selected, "share"> | string => {
    let full = "";
    for (const channel of contender.channels) {
      const { at } = policy.gate(contender.candidate, channel);
      const cap = policy.fullCap(channel, at);
      const choice = cap === null ? chooseTreatment(channel, rules.random) : null;
      if (choice !== null) return { contender, channel, choice, at };
      full = cap ?? full;
    }
    return full;
  };

  const hasRoomOn = (channel: PreparedChannel, { candidate }: Contender): boolean =>
    policy.fullCap(channel, policy.gate(candidate, channel).at) === null;

  /** Whether it could take the next place: only among such is there a choice. */
  const isOpen = (contender: Contender): boolean => {
    const { action, category } = contender.candidate;
    if (category.transactional || contender.score.score <= NOTHING) return false;
    if (rivals.rivalOf(action) !== undefined) return false;
    return contender.channels.some((channel) => hasRoomOn(channel, contender));
  };

  const order = [...contenders].sort(byWorth);

  /** As it is worth by the first of its channels that has room still. */
  const remaining = (contender: Contender): Contender => {
    const { channels, score, worth } = contender;
    if (worth === null) return contender;
    const first = worth.findIndex(({ channel }) => hasRoomOn(channel, contender));
    const next = worth[first];
    if (next === undefined || next.score === score) return contender;
    return { ...contender, score: next.score, channels: channels.slice(first), worth: worth.slice(first) };
  };

  /** Moves one of the best to the next place by chance; tells how likely that was. */
  const pickNext = (place: number): Pick<Selected, "share" | "pick"> => {
    const first = order[place];
    if (rules.explore === undefined || free <= 0 || first === undefined || !isOpen(first)) return BY_WORTH;
    const open: number[] = [];
    for (let at = place; at < order.length && open.length < rules.explore.among; at += 1) {
      const contender = order[at];
      if (contender !== undefined && isOpen(contender)) open.push(at);
    }
    if (open.length < 2) return BY_WORTH;
    const shares = rules.explore.shares(open.flatMap((at) => order[at] ?? []));
    const pick = rules.random();
    const drawn = draw(shares, pick);
    order.splice(place, 0, ...order.splice(open[drawn] ?? place, 1));
    return { share: shares[drawn] ?? 1, pick };
  };

  for (let place = 0; place < order.length; place += 1) {
    const picked = rules.explore === undefined ? BY_WORTH : pickNext(place);
    const contender = order[place];
    if (contender === undefined) continue;
    const { action, category } = contender.candidate;
    const isWorthless = contender.score.score <= NOTHING && !category.transactional;
    const rival = rivals.rivalOf(action);
    if (isWorthless || rival !== undefined || free <= 0) {
      const taker: Cause = rival === undefined ? winner : { kind: "action", name: rival };
      reject(contender, "arbitration", "outranked", isWorthless ? DOING_NOTHING : taker);
      continue;
    }
    const outcome = select(contender);
    if (typeof outcome === "string") {
      reject(contender, "policy", "cap", { kind: "cap", name: outcome });
      continue;
    }
    free -= 1;
    winner = { kind: "action", name: action.name };
    rivals.take(action);
    // A held-out customer gets nothing instead, not the second best: else there is nothing to compare with.
    if (rules.heldOut && !category.transactional) {
      reject(contender, "policy", "holdout", { kind: "held-out" });
      continue;
    }
    policy.reserve(outcome.channel, outcome.at);
    selected.push({ ...outcome, ...picked });
    // It may have taken up the room of the channel by which another was worth most.
    if (free > 0)
      order.push(
        ...order
          .splice(place + 1)
          .map(remaining)
          .sort(byWorth),
      );
  }
  return { selected, rejected };
};
