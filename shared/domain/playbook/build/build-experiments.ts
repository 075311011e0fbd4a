import { durationMs } from "#kernel/duration.ts";
import { hashId } from "#kernel/hash.ts";
import type { Experiment } from "../model/experiments.ts";
import type { ExperimentsFile } from "../schema/experiments-file.ts";
import { lifeSpanOf } from "./life-span.ts";

const DEFAULT_WINDOW = "P14D";
const DEFAULT_CUSTOMERS = 10_000;

export const buildExperiments = (file: ExperimentsFile, timeZone: string): readonly Experiment[] =>
  Object.entries(file).map(([name, experiment]): Experiment => {
    const variants = Object.entries(experiment.variants).map(([variant, fields]) => ({
      name: variant,
      weight: fields.weight ?? 1,
      treatments: fields.treatments ?? {},
      levers: fields.levers ?? {},
      holdout: fields.holdout ?? false,
    }));
    const { goals } = experiment;
    const windowMs = durationMs(experiment.window ?? DEFAULT_WINDOW) ?? 0;
    return {
      name,
      id: hashId("exp", name, JSON.stringify([variants, Object.entries(goals).sort(), windowMs])),
      placements: experiment.placements ?? [],
      ...lifeSpanOf(experiment, timeZone),
      variants,
      control: experiment.control ?? variants[0]?.name ?? "",
      goals,
      windowMs,
      customers: experiment.customers ?? DEFAULT_CUSTOMERS,
    };
  });
