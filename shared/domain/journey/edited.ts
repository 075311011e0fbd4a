import type { PlaybookDocument } from "../playbook/model/document.ts";
import { HOLDOUT, journeysOf } from "../playbook/model/journeys.ts";

export type EditedStep = { readonly journey: string; readonly step: string };

type WithJourneys = Pick<PlaybookDocument, "journeys">;

/**
 * The steps at which a new version of a playbook may move somebody who rests there: those that changed or are gone, and all
 * of a journey that is gone, lasts no longer as it did, or lets out otherwise.
 */
export const editedSteps = (before: WithJourneys, after: WithJourneys): readonly EditedStep[] => {
  const now = new Map(journeysOf(after).map((journey) => [journey.name, journey]));
  return journeysOf(before).flatMap((was) => {
    const is = now.get(was.name);
    const everywhere = [...was.steps.map(({ name }) => name), HOLDOUT];
    const at = (names: readonly string[]) => names.map((step) => ({ journey: was.name, step }));
    if (is === undefined) return at(everywhere);
    const headOf = ({ exit, maxAgeMs }: typeof was) => JSON.stringify([exit, maxAgeMs]);
    if (headOf(was) !== headOf(is)) return at(everywhere);
    const steps = new Map(is.steps.map((step) => [step.name, JSON.stringify(step)]));
    return at(
      was.steps.flatMap((step) => (steps.get(step.name) === JSON.stringify(step) ? [] : [step.name])),
    );
  });
};
