import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { Experiment } from "../playbook/model/experiments.ts";
import { type Journey, type JourneyStep, journeysOf } from "../playbook/model/journeys.ts";
import type { TestFields } from "../playbook/schema/test-file.ts";

type Given = NonNullable<TestFields["given"]>;

/** Chance has one outcome: all weight lies with one of them. */
const only = <T extends { readonly name: string; readonly weight: number }>(
  all: readonly T[],
  name: string | undefined,
): readonly T[] => {
  const taken = all.some((one) => one.name === name) ? name : all.find(({ weight }) => weight > 0)?.name;
  return all.map((one) => ({ ...one, weight: one.name === taken ? 1 : 0 }));
};

const arrangedStep = (step: JourneyStep, arms: Readonly<Record<string, string>>): JourneyStep =>
  step.kind === "split" ? { ...step, arms: only(step.arms, arms[step.name]) } : step;

const arrangedJourney = (journey: Journey, { holdout = false, splits = {} }: Given): Journey => ({
  ...journey,
  holdout: holdout ? 1 : 0,
  steps: journey.steps.map((step) => arrangedStep(step, splits[journey.name] ?? {})),
});

const arrangedExperiment = (experiment: Experiment, { experiments = {} }: Given): Experiment => ({
  ...experiment,
  variants: only(experiment.variants, experiments[experiment.name] ?? experiment.control),
});

/**
 * The document in which nothing happens by chance that a test does not name: nobody is kept out, experiments give their
 * control, splits their first arm with a weight. What the test says otherwise holds for everybody in it.
 */
export const arrange = (document: PlaybookDocument, given: Given = {}): PlaybookDocument => ({
  ...document,
  contactPolicy: { ...document.contactPolicy, holdout: given.holdout === true ? 1 : 0 },
  journeys: journeysOf(document).map((journey) => arrangedJourney(journey, given)),
  ...(document.experiments === undefined
    ? {}
    : { experiments: document.experiments.map((experiment) => arrangedExperiment(experiment, given)) }),
});
