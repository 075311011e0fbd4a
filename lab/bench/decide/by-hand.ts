import type { CustomerRecord } from "#domain/records/customer.ts";
import { CHANNELS, type Rule } from "./playbook.ts";

type Chosen = { readonly action: string; readonly channel: string; readonly score: number };
type Outcome = {
  readonly chosen: Chosen | null;
  readonly rejected: readonly { action: string; stage: string; reason: string }[];
};

const DAY = 86_400_000;

/** One decision under the playbook of `playbook.ts`, as a programmer would write it by hand for this playbook alone. */
export const decideByHand = (
  rules: readonly Rule[],
  record: CustomerRecord,
  device: string,
  now: number,
): Outcome => {
  const { traits } = record.state;
  const age = traits.age?.value;
  const tier = traits.tier?.value;
  const interests = traits.interests?.value;
  const orders = traits.orders?.value;
  const joined = traits.joined?.value;
  const rejected: { action: string; stage: string; reason: string }[] = [];

  let day = 0;
  let week = 0;
  let texts = 0;
  for (const contact of record.contact.entries) {
    const ago = now - Date.parse(contact.at);
    if (ago < DAY) day += 1;
    if (ago < 7 * DAY) week += 1;
    if (ago < 7 * DAY && contact.channel === "sms") texts += 1;
  }
  const hour = new Date(now).getUTCHours() + 1;
  const isQuiet = hour >= 21 || hour < 8;
  let open: string | null = null;
  let reason = "no-address";
  for (const channel of CHANNELS) {
    if (!record.state.addresses.some((one) => one.channel === channel && one.status === "active")) continue;
    const isGranted = record.consent.entries[`${channel}|*`]?.status === "granted";
    const isFull = day >= 3 || week >= 8 || (channel === "sms" && texts >= 1);
    if (isGranted && !isQuiet && !isFull) {
      open = channel;
      break;
    }
    // Of several closed channels the first one's reason is given.
    if (reason === "no-address") reason = isGranted ? (isQuiet ? "quiet-hours" : "cap") : "consent";
  }

  let best: Chosen | null = null;
  for (const rule of rules) {
    const eligible =
      typeof age === "number" &&
      age >= rule.minimumAge &&
      (tier === rule.tier || (Array.isArray(interests) && interests.includes(rule.interest))) &&
      typeof orders === "number" &&
      orders <= rule.maximumOrders &&
      typeof joined === "string" &&
      joined < rule.since;
    if (!eligible) {
      rejected.push({ action: rule.name, stage: "eligibility", reason: "rule" });
      continue;
    }
    if (open === null) {
      rejected.push({ action: rule.name, stage: "policy", reason });
      continue;
    }
    const value = (rule.value + orders * 0.5) * 0.5 + (rule.value / 2) * 0.5;
    const score = (device === "phone" ? 0.3 : 0.2) * value;
    const loser = best !== null && best.score >= score ? rule.name : best?.action;
    if (best === null || score > best.score) best = { action: rule.name, channel: open, score };
    if (loser !== undefined) rejected.push({ action: loser, stage: "arbitration", reason: "outranked" });
  }
  return { chosen: best, rejected };
};
