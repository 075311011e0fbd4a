import { addGroups, EMPTY_GROUP, type Group } from "#domain/experiment/unit.ts";
import { decayWeight } from "#domain/learning/model.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { type Check, personOf, type Stored } from "./watcher.ts";

/** Outcomes after which a choice counts as seen. */
const SHOWS: readonly string[] = ["sent", "clicked"];

/** What was learnt: a choice that was seen counts once, whatever was told how often. */
export const learntOnce: Check = {
  name: "a choice that was seen is learnt once",
  watch: (stored, violated) => {
    const seen = new Map<string, Set<string>>();
    return {
      published: (events: readonly DomainEvent[]) => {
        for (const { name, detail } of events) {
          const { decisionId, action, outcome } = detail;
          if (name !== OutcomeRecorded.name || !SHOWS.includes(String(outcome))) continue;
          const decisions = seen.get(String(action)) ?? new Set();
          seen.set(String(action), decisions.add(String(decisionId)));
        }
      },
      atRest: async () => {
        const { learning } = stored.playbooks[0] ?? {};
        if (learning === undefined) return;
        const { cells } = await stored.learning.read(learning.model);
        for (const [action, decisions] of seen) {
          const weights = [...decisions]
            .flatMap((id) => stored.decisions.get(id) ?? [])
            .filter((decision) => decision.learning !== undefined)
            .map(({ at, actions }) =>
              decayWeight(Date.parse(actions[0]?.sendAt ?? at), learning.halfLifeDays),
            );
          const right = weights.reduce((sum, weight) => sum + weight, 0);
          const counted = cells.get(`c|${action}|email`)?.weight ?? 0;
          if (Math.abs(counted - right) > 1e-6 * right)
            violated(
              `${action} was seen ${weights.length} times, a weight of ${right}, and learnt with ${counted}`,
            );
        }
      },
    };
  },
};

const groupsOf = (units: Awaited<ReturnType<Stored["experiments"]["units"]>>): Map<string, Group> => {
  const groups = new Map<string, Group>();
  for (const unit of units.values()) {
    if ("movedTo" in unit) continue;
    const { variant, value, switched } = unit;
    const own = { count: 1, sum: value, sumOfSquares: value ** 2, switched: switched === true ? 1 : 0 };
    groups.set(variant, addGroups(groups.get(variant) ?? EMPTY_GROUP, own));
  }
  return groups;
};

/** docs/decisions/0021: a person counts once in an experiment, whoever they turned out to be. */
export const countedOnce: Check = {
  name: "a person counts once in an experiment",
  watch: (stored, violated) => {
    const assigned = new Set<string>();
    return {
      published: (events: readonly DomainEvent[]) => {
        for (const { name, detail } of events) {
          if (name === ExperimentRecorded.name && detail.fact === "assigned")
            assigned.add(String(detail.customerId));
        }
      },
      atRest: async () => {
        const people = new Set([...assigned].map((id) => personOf(stored, id)));
        for (const { id } of stored.playbooks[0]?.document.experiments ?? []) {
          const units = await stored.experiments.units(id, [...stored.customers.states.keys()]);
          const sums = await stored.experiments.sums(id);
          const groups = groupsOf(units);
          const counted = [...groups.values()].reduce((sum, { count }) => sum + count, 0);
          if (counted !== people.size)
            violated(`${counted} are counted of ${people.size} people who came in`);
          for (const [variant, { count, sum }] of groups) {
            const kept = sums.get(variant);
            if (kept?.count !== count || Math.abs((kept?.sum ?? 0) - sum) > 1e-6)
              violated(`sums of ${variant} say ${kept?.count}, its people are ${count}`);
          }
        }
      },
    };
  },
};
