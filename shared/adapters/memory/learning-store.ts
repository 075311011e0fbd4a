import type { Binning } from "#domain/learning/binning.ts";
import { type Counted, NOTHING_COUNTED } from "#domain/learning/credit.ts";
import { addDelta, type Cells, type Delta, type Observation } from "#domain/learning/model.ts";
import { actionOf, byPart } from "#domain/learning/parts.ts";
import type { ChoiceKey, LearningStore } from "#ports/learning-store.ts";

type Model = {
  cuts: number;
  binning: Binning;
  cells: Cells;
  sampled: number;
  readonly sample: Observation[];
  readonly counted: Map<string, Counted>;
  /** How often sums were added to each part. */
  readonly versions: Map<string, number>;
};

/** Sums in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryLearningStore = (): LearningStore => {
  const models = new Map<string, Model>();
  const modelOf = (name: string): Model => {
    const model = models.get(name) ?? {
      cuts: 0,
      binning: {},
      cells: new Map(),
      sampled: 0,
      sample: [],
      counted: new Map(),
      versions: new Map(),
    };
    models.set(name, model);
    return model;
  };
  const changed = ({ versions }: Model, delta: Delta): void => {
    for (const part of byPart(delta).keys()) versions.set(part, (versions.get(part) ?? 0) + 1);
  };
  const keyOf = ({ decisionId, action }: ChoiceKey): string => `${decisionId}#${action}`;
  return {
    head: async (name) => {
      const { cuts, binning, sampled } = modelOf(name);
      return { cuts, binning, sampled };
    },
    index: async (name) => {
      const { cuts, versions } = modelOf(name);
      return {
        cuts,
        parts: [...versions].map(([id, version]) => ({ id, version, action: actionOf(id) })),
      };
    },
    parts: async (name, ids) => {
      const { cells, versions } = modelOf(name);
      const parts = byPart(cells);
      return new Map(
        ids.flatMap((id) => {
          const own = parts.get(id);
          return own === undefined ? [] : [[id, { version: versions.get(id) ?? 0, cells: own }]];
        }),
      );
    },
    read: async (name) => {
      const { cuts, binning, cells } = modelOf(name);
      return { cuts, binning, cells };
    },
    counted: async (name, choices) =>
      choices.map((choice) => modelOf(name).counted.get(keyOf(choice)) ?? NOTHING_COUNTED),
    write: async (name, { cuts, counted, delta, sample }) => {
      const model = modelOf(name);
      const stale = counted.some(
        (one) => (model.counted.get(keyOf(one))?.version ?? 0) !== one.counted.version - 1,
      );
      const moved = sample !== undefined && (sample.before !== model.sampled || cuts !== model.cuts);
      if (stale || moved) return false;
      for (const one of counted) model.counted.set(keyOf(one), one.counted);
      model.cells = addDelta(model.cells, delta);
      changed(model, delta);
      if (sample !== undefined) {
        model.sample.push(...sample.observations);
        model.sampled = sample.after;
      }
      return true;
    },
    sample: async (name) => modelOf(name).sample,
    recut: async (name, { cuts, sampled, binning, delta }) => {
      const model = modelOf(name);
      if (model.cuts !== cuts || model.sampled !== sampled) return false;
      Object.assign(model, { cuts: cuts + 1, binning, cells: addDelta(new Map(), delta) });
      model.versions.clear();
      changed(model, delta);
      return true;
    },
  };
};
