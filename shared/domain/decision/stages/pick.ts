import { draw } from "../../learning/explore.ts";
import type { Explore } from "../explore/explore.ts";
import type { Contender, Selected } from "../input/candidate.ts";

/** How likely the choice of the next contender was, and the random number behind it. */
export type Picked = Pick<Selected, "share" | "pick">;

/** Nothing was drawn: the best was chosen. */
export const BY_WORTH: Picked = { share: 1 };

export type Chance = {
  readonly explore: Explore;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether chance may choose the contender. */
  readonly isOpen: (contender: Contender) => boolean;
};

/**
 * Draws one of the best contenders for the next place and moves it there in `order`. Draws nothing where the next in turn
 * is not open to chance, or no other is.
 */
export const pickNext = (order: Contender[], place: number, { explore, random, isOpen }: Chance): Picked => {
  const first = order[place];
  if (first === undefined || !isOpen(first)) return BY_WORTH;
  const open: number[] = [];
  for (let at = place; at < order.length && open.length < explore.among; at += 1) {
    const contender = order[at];
    if (contender !== undefined && isOpen(contender)) open.push(at);
  }
  if (open.length < 2) return BY_WORTH;
  const shares = explore.shares(open.flatMap((at) => order[at] ?? []));
  const pick = random();
  const drawn = draw(shares, pick);
  order.splice(place, 0, ...order.splice(open[drawn] ?? place, 1));
  return { share: shares[drawn] ?? 1, pick };
};
