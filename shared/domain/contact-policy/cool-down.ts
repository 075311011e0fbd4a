import { responseAt } from "../customer/responses.ts";
import type { ContactPolicy } from "../playbook/model/contact-policy.ts";
import type { ContactHistory } from "../records/permission.ts";

/**
 * Actions that must rest after an outcome, and until when (ISO-8601 UTC). A rule without actions is about the action that
 * had the outcome.
 */
export const coolDownsAfter = (
  policy: ContactPolicy,
  outcome: { readonly outcome: string; readonly action: string; readonly at: number },
): Readonly<Record<string, string>> => {
  const until: Record<string, string> = {};
  for (const rule of policy.coolDowns) {
    if (rule.outcome !== outcome.outcome) continue;
    if (rule.actions.length > 0 && !rule.actions.includes(outcome.action)) continue;
    const end = new Date(outcome.at + rule.forMs).toISOString();
    if (end > (until[outcome.action] ?? "")) until[outcome.action] = end;
  }
  return until;
};

/** The history with further cool-downs; the later end wins. The same object when nothing changes. */
export const withCoolDowns = (
  history: ContactHistory,
  until: Readonly<Record<string, string>>,
): ContactHistory => {
  const later = Object.entries(until).filter(([action, end]) => end > (history.coolDowns[action] ?? ""));
  if (later.length === 0) return history;
  return {
    ...history,
    version: history.version + 1,
    coolDowns: { ...history.coolDowns, ...Object.fromEntries(later) },
  };
};

/** Until when an action rests (ISO-8601 UTC), and after which outcome, if that was stored. */
export type Rest = { readonly until: string; readonly outcome?: string };

/**
 * Until when an action rests because of its earlier outcomes in the profile, or null. The end is worked out from the
 * outcomes instead of being stored, so that a changed rule counts at once.
 */
export const restUntil = (
  policy: ContactPolicy,
  responses: Readonly<Record<string, string>>,
  action: string,
  now: string,
): Rest | null => {
  let latest: Rest | null = null;
  for (const { outcome, forMs, actions } of policy.coolDowns) {
    if (actions.length > 0 && !actions.includes(action)) continue;
    const at = responseAt(responses, action, outcome);
    if (at === undefined) continue;
    const end = new Date(Date.parse(at) + forMs).toISOString();
    if (end > now && (latest === null || end > latest.until)) latest = { until: end, outcome };
  }
  return latest;
};
