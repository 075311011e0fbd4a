import { askSenders, type Committed } from "./commit.ts";
import type { OnEventDependencies } from "./decide-for.ts";
import { logAgain } from "./log-decisions.ts";

/**
 * For work that is not to be done any more: what an earlier delivery of it decided in time is asked for, told and logged
 * again, as that one may have died before it could. Null: nothing was decided.
 */
export const askAgain = async (deps: OnEventDependencies, decisionId: string): Promise<Committed | null> => {
  const earlier = await deps.decisions.recorded(decisionId);
  if (earlier === null) return null;
  const committed = {
    decisions: [earlier.decision],
    messages: earlier.messages,
    repeated: true,
    entries: [],
  };
  await Promise.all([askSenders(deps, committed), logAgain(deps, earlier.decision)]);
  return committed;
};
