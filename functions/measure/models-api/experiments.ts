import { EMPTY_GROUP } from "#domain/experiment/unit.ts";
import { checkRatio, mean, uplift } from "#domain/experiment/uplift.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Experiment } from "#domain/playbook/model/experiments.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import type { Answer } from "#runtime/http/operation.ts";
import type { Experiments, operations } from "./operations.ts";

export type ExperimentCalls = {
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly experiments: Pick<ExperimentStore, "sums">;
};

type ExperimentsAnswer = Answer<typeof operations.showExperiments>;
type Bounds = { readonly low: number; readonly high: number };
/** JSON knows no infinity: an interval that is open to all sides is not known. */
const known = ({ low, high }: Bounds): Bounds | null => (Number.isFinite(high - low) ? { low, high } : null);

/** Experiments, the variants of each compared with its control. */
export const compareVariants = (
  store: ExperimentCalls["experiments"],
  experiments: readonly Experiment[],
): Promise<Experiments["items"]> =>
  Promise.all(
    experiments.map(async (experiment): Promise<Experiments["items"][number]> => {
      const sums = await store.sums(experiment.id);
      const of = (variant: string) => sums.get(variant) ?? EMPTY_GROUP;
      const control = of(experiment.control);
      return {
        experiment: experiment.name,
        control: experiment.control,
        sampleRatio: checkRatio(
          experiment.variants.map(({ name, weight }) => ({ count: of(name).count, weight })),
        ),
        variants: experiment.variants.map(({ name, weight }) => {
          const sample = of(name);
          const base = {
            variant: name,
            weight,
            customers: sample.count,
            switched: sample.switched,
            mean: mean(sample),
          };
          if (name === experiment.control) return { ...base, uplift: null };
          const found = uplift(sample, control, {
            comparisons: experiment.variants.length - 1,
            tunedFor: experiment.customers,
          });
          return {
            ...base,
            uplift: { ...found, fixed: known(found.fixed), anytime: known(found.anytime) },
          };
        }),
      };
    }),
  );

/** `GET /v1/experiments`: every experiment of the live playbook. */
export const experimentCalls = (deps: ExperimentCalls) => async (): Promise<ExperimentsAnswer> => {
  const { experiments = [] } = await deps.playbook();
  return { status: 200, json: { items: await compareVariants(deps.experiments, experiments) } };
};
