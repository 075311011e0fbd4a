import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { offsetAt } from "../../calendar/local-time.ts";
import type { Claim } from "../../records/decision.ts";
import type { ContactHistory } from "../../records/permission.ts";
import type { Selected } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";

/** End of the hold on an offer that a message promised: never. */
const FOR_GOOD = "9999-12-31T00:00:00.000Z";

const iso = (minute: number): string => new Date(minute * MINUTE_MS).toISOString();

/** 1970-01-01 was a Thursday. */
const FROM_MONDAY_MS = 3 * DAY_MS;

/** Periods are counted by the brand's clocks, so that a day's budget starts at its midnight and a week's on Monday. */
const periodAt = (zone: string, now: number, perMs: number): number =>
  Math.floor((now + offsetAt(zone, now) + FROM_MONDAY_MS) / perMs);

/** Rounds the end of a hold to a quarter of its length, so that holds share a counter and counters stay few. */
const holdEnd = (now: number, holdMs: number): number => {
  const stretch = Math.max(1, Math.floor(holdMs / MINUTE_MS / 4));
  return Math.ceil((now + holdMs) / MINUTE_MS / stretch) * stretch;
};

/**
 * Whether the customer holds a unit of the action that suffices for this decision: showing the action again takes no other
 * unit. A message needs a hold without end: one that ends would free the unit while the mail lies in the inbox.
 */
export const isHeld = (
  holds: ContactHistory["holds"],
  action: string,
  { mode, now }: Pick<DecideInput, "mode" | "now">,
): boolean => {
  const until = holds !== undefined && Object.hasOwn(holds, action) ? (holds[action] ?? "") : "";
  return mode === "message" ? until === FOR_GOOD : until > new Date(now).toISOString();
};

const claimOf = (input: DecideInput, { contender, channel }: Selected): Claim | null => {
  const { name, stock, budget } = contender.candidate.action;
  const isMessage = input.mode === "message" && channel.interrupts;
  const isTaken = stock !== undefined && !isHeld(input.record?.contact.holds, name, input);
  if (!isTaken && budget === undefined) return null;
  const { timeZone } = input.playbook.document.brand;
  return {
    action: name,
    ...(isTaken
      ? {
          stock: {
            limit: stock.limit,
            ...(isMessage ? {} : { untilMinute: holdEnd(input.now, stock.holdMs) }),
          },
        }
      : {}),
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
  selected.flatMap((one) => claimOf(input, one) ?? []);

/** The customer's holds with the new ones, without those that ended. Undefined: there are no new ones. */
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

/** The history without a hold that ends just then, its version one higher; null when the customer has no such hold. */
export const withoutHold = (
  history: ContactHistory,
  action: string,
  until: string,
): ContactHistory | null => {
  const { holds = {}, version } = history;
  if (!Object.hasOwn(holds, action) || holds[action] !== until) return null;
  const left = Object.entries(holds).filter(([name]) => name !== action);
  return { ...history, version: version + 1, holds: Object.fromEntries(left) };
};

/** Until when the chosen offer is held, by this decision or an earlier one; nothing without a hold, or with one that never ends. */
export const heldUntil = (input: DecideInput, selected: Selected): { readonly heldUntil?: string } => {
  const { name, stock } = selected.contender.candidate.action;
  if (stock === undefined) return {};
  const made = claimOf(input, selected)?.stock;
  const until = made === undefined ? input.record?.contact.holds?.[name] : made.untilMinute;
  if (until === undefined || until === FOR_GOOD) return {};
  return { heldUntil: typeof until === "number" ? iso(until) : until };
};
