import { offsetAt } from "../contact-policy/local-time.ts";
import type { ContactHistory } from "../profile/types.ts";
import type { Selected } from "./arbitrate.ts";
import type { DecideInput } from "./input.ts";

/** What one chosen action takes of what is limited. Counted where all deciders see it, in the same write as the decision. */
export type Claim = {
  readonly action: string;
  readonly stock?: {
    readonly limit: number;
    /** The unit is free again from this minute on (minutes since the epoch) unless the offer is accepted; absent: never. */
    readonly untilMinute?: number;
  };
  readonly budget?: {
    /** Number of the period: each starts at nothing. */
    readonly period: number;
    readonly max: number;
    readonly cost: number;
  };
};

const MINUTE_MS = 60_000;
/** Promised in a message: nobody takes it back. */
const FOR_GOOD = "9999-12-31T00:00:00.000Z";

const iso = (minute: number): string => new Date(minute * MINUTE_MS).toISOString();

/** Periods are counted by the brand's clocks, so that a day's budget starts at its midnight. */
const periodAt = (zone: string, now: number, perMs: number): number =>
  Math.floor((now + offsetAt(zone, now)) / perMs);

/** Whether the customer has a live promise of the action: shown again, it takes no other unit. */
const isHeld = (holds: ContactHistory["holds"], action: string, now: number): boolean =>
  holds !== undefined && Object.hasOwn(holds, action) && (holds[action] ?? "") > new Date(now).toISOString();

export const claimOf = (input: DecideInput, { contender, channel }: Selected): Claim | null => {
  const { name, stock, budget } = contender.candidate.action;
  if (stock === undefined && budget === undefined) return null;
  const isMessage = input.mode === "message" && channel.interrupts;
  const held = isHeld(input.record?.contact.holds, name, input.now);
  const { timeZone } = input.playbook.document.brand;
  const untilMinute = Math.ceil((input.now + (stock?.holdMs ?? 0)) / MINUTE_MS);
  return {
    action: name,
    ...(stock === undefined || held
      ? {}
      : { stock: { limit: stock.limit, ...(isMessage ? {} : { untilMinute }) } }),
    ...(budget === undefined
      ? {}
      : {
          budget: {
            period: periodAt(timeZone, input.now, budget.perMs),
            max: budget.max,
            cost: budget.cost,
          },
        }),
  };
};

export const claimsOf = (input: DecideInput, selected: readonly Selected[]): readonly Claim[] =>
  selected.flatMap((one) => {
    const claim = claimOf(input, one);
    return claim === null || (claim.stock === undefined && claim.budget === undefined) ? [] : [claim];
  });

/** The customer's promises with those just made; what has run out is forgotten. Undefined: none was made. */
export const holdsAfter = (
  held: ContactHistory["holds"],
  claims: readonly Claim[],
  now: number,
): ContactHistory["holds"] => {
  const made = claims.flatMap(({ action, stock }) =>
    stock === undefined
      ? []
      : [[action, stock.untilMinute === undefined ? FOR_GOOD : iso(stock.untilMinute)] as const],
  );
  if (made.length === 0) return undefined;
  const live = Object.entries(held ?? {}).filter(([, until]) => until > new Date(now).toISOString());
  return Object.fromEntries([...live, ...made]);
};
