import { DAY_MS } from "#kernel/time.ts";
import type { Action } from "../model/document.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Reports offers that could never be made: they require themselves, exclude what they require, or cost more than the budget. */
export const checkOffers = ({ sources, document }: Draft, report: Report): void => {
  const { actions } = document;
  actions.forEach((action, index) => {
    const file = sources.actions[index]?.file;
    if (file === undefined) return;
    const { name, budget, exclusive, requires = [] } = action;
    if (budget !== undefined && !isPeriod(budget.perMs)) {
      const message = `The budget of ${name} is for a period that begins at another time each day`;
      report.error(file.at(["budget", "per"]), "wrong-period", message, "PT1H, PT6H, PT12H, P1D or P7D");
    }
    if (budget !== undefined && budget.cost > budget.max) {
      const message = `One contact of ${name} costs ${budget.cost}, more than its whole budget of ${budget.max}`;
      report.error(file.at(["budget", "cost"]), "contradiction", message, `at most ${budget.max}`);
    }
    const circle = findCircle(action, actions);
    if (circle !== null) {
      const message = `${name} waits for itself: ${[...circle, name].join(" -> ")}`;
      report.error(file.at(["requires"]), "requires-circle", message, "actions that do not need this one");
    }
    requires.forEach((required, position) => {
      const other = actions.find((each) => each.name === required.action);
      if (circle !== null || exclusive === undefined || other?.exclusive !== exclusive) return;
      const message = `${name} is only offered after ${required.action}, but the two exclude each other ("${exclusive}")`;
      report.error(
        file.at(["requires", position]),
        "contradiction",
        message,
        "an action outside its exclusive group",
      );
    });
  });
};

/** Whether a period begins at a time people know: a part of a day, a day, or a week from Monday on. */
const isPeriod = (perMs: number): boolean => DAY_MS % perMs === 0 || perMs === 7 * DAY_MS;

/** Names on the shortest way from an action back to itself through what it requires; null when there is none. */
const findCircle = (start: Action, actions: readonly Action[]): readonly string[] | null => {
  const requiredBy = new Map(
    actions.map(({ name, requires }) => [name, requires?.map((each) => each.action) ?? []]),
  );
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[start.name]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways) {
      for (const required of requiredBy.get(way.at(-1) ?? "") ?? []) {
        if (required === start.name) return way;
        if (seen.has(required)) continue;
        seen.add(required);
        next.push([...way, required]);
      }
    }
    ways = next;
  }
  return null;
};
