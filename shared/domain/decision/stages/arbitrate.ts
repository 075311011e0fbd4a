import type { Cause, Rejection } from "../../records/decision.ts";
import type { Explore } from "../explore/explore.ts";
import type { Contender, Selected } from "../input/candidate.ts";
import { rivalsFor, type Taken } from "../input/rivals.ts";
import { BY_WORTH, pickNext } from "./pick.ts";
import type { Policy } from "./policy/policy.ts";
import { channelWithRoom, hasRoom, withRoom } from "./room.ts";

export type Arbitration = { readonly selected: readonly Selected[]; readonly rejected: readonly Rejection[] };

export type ArbitrationRules = {
  /** Most actions chosen. */
  readonly limit: number;
  /** Most actions of one group. */
  readonly perGroup: number;
  /** Actions that other decisions of the same call chose. */
  readonly taken?: Taken;
  /** True for a customer kept free of contact so that the effect of contact can be measured. */
  readonly heldOut: boolean;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Absent: the best is chosen. */
  readonly explore?: Explore;
};

/** Value of doing nothing: an action that is not worth more is not worth the interruption. */
const NOTHING = 0;
const DOING_NOTHING: Cause = { kind: "doing-nothing" };

const precedence = ({ candidate }: Contender): number => (candidate.category.transactional ? 1 : 0);

/** Transactional actions come first, then the greatest score. The name settles a tie, so the order of files never matters. */
const byWorth = (left: Contender, right: Contender): number =>
  precedence(right) - precedence(left) ||
  right.score.score - left.score.score ||
  (left.candidate.action.name < right.candidate.action.name ? -1 : 1);

const isWorthless = ({ score, candidate }: Contender): boolean =>
  score.score <= NOTHING && !candidate.category.transactional;

/**
 * The best contenders, at most `limit`, diverse and compatible. Doing nothing is one of them: it beats every action that
 * is worth nothing, except transactional ones, which come first. Caps are checked again whenever a place is taken.
 */
export const arbitrate = (
  contenders: readonly Contender[],
  policy: Policy,
  rules: ArbitrationRules,
): Arbitration => {
  const { explore, random } = rules;
  const selected: Selected[] = [];
  const rejected: Rejection[] = [];
  const rivals = rivalsFor(rules.perGroup, rules.taken);
  const order = [...contenders].sort(byWorth);
  let free = rules.limit;
  let winner: Cause = DOING_NOTHING;

  const reject = (
    { candidate, score: factors }: Contender,
    [stage, reason]: readonly [Rejection["stage"], Rejection["reason"]],
    cause: Cause,
  ) => rejected.push({ action: candidate.action.name, stage, reason, cause, factors });

  /** Whether chance may give it the next place: a transactional action has its place for certain. */
  const isOpen = (contender: Contender): boolean => {
    const { action, category } = contender.candidate;
    if (category.transactional || isWorthless(contender)) return false;
    return rivals.rivalOf(action) === undefined && hasRoom(contender, policy);
  };

  for (let place = 0; place < order.length; place += 1) {
    const picked =
      explore !== undefined && free > 0 ? pickNext(order, place, { explore, random, isOpen }) : BY_WORTH;
    const contender = order[place];
    if (contender === undefined) continue;
    const { action, category } = contender.candidate;
    const rival = rivals.rivalOf(action);
    if (isWorthless(contender) || rival !== undefined || free <= 0) {
      const taker: Cause = rival === undefined ? winner : { kind: "action", name: rival };
      reject(contender, ["arbitration", "outranked"], isWorthless(contender) ? DOING_NOTHING : taker);
      continue;
    }
    const chosen = channelWithRoom(contender, policy, random);
    if (typeof chosen === "string") {
      reject(contender, ["policy", "cap"], { kind: "cap", name: chosen });
      continue;
    }
    free -= 1;
    winner = { kind: "action", name: action.name };
    rivals.take(action);
    // A held-out customer gets nothing instead, not the second best: else there is nothing to compare with.
    if (rules.heldOut && !category.transactional) {
      reject(contender, ["policy", "holdout"], { kind: "held-out" });
      continue;
    }
    policy.reserve(chosen.channel, chosen.at);
    selected.push({ ...chosen, ...picked });
    // It may have taken up the room of the channel by which another was worth most.
    if (free > 0) {
      const others = order.splice(place + 1).map((other) => withRoom(other, policy));
      order.push(...others.sort(byWorth));
    }
  }
  return { selected, rejected };
};
