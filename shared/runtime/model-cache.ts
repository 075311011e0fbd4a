import type { LearntModel } from "#domain/decision/explore/learnt.ts";
import type { Binning } from "#domain/learning/binning.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addCell, asOf, type Cell, type Cells, EMPTY_CELL } from "#domain/learning/model.ts";
import type { Clock } from "#ports/clock.ts";
import type {
  IndexedPart,
  LearningReader,
  LearningSettings,
  LearntModels,
  ModelIndex,
  ReadPart,
} from "#ports/learning-store.ts";
import { log } from "./log.ts";

const FRESH_MS = 5_000;
/** Two of a playbook, and of the one before while it is still asked. */
const MOST_COPIES = 4;

/** Sums of an action over all channels: `c|<action>|<channel>` for counters, `n|...` for the linear learner. */
const evidenceOf = (cells: Cells, now: number, halfLifeDays: number): Record<string, number> => {
  const evidence: Record<string, number> = {};
  for (const [key, cell] of cells) {
    const [kind, action = "", channel = ""] = key.split("|");
    if (kind !== "c" && kind !== "n") continue;
    // Where both learners count an arm, they count the same.
    if (kind === "n" && cells.has(`c|${action}|${channel}`)) continue;
    evidence[action] = (evidence[action] ?? 0) + asOf(cell, now, halfLifeDays).weight;
  }
  return evidence;
};

/** What a process has read of a model so far. */
type Copy = {
  readonly model: string;
  /** When the index was read, in milliseconds since the epoch; 0: it is to be read. */
  readonly readAt: number;
  readonly index: ModelIndex;
  readonly binning: Binning;
  /** By id. Parts of actions that nobody has decided about yet are not there. */
  readonly parts: ReadonlyMap<string, ReadPart>;
  readonly learnt: LearntModel | null;
  /** The last look failed: the copy before serves until the next. */
  readonly failed?: boolean;
};

const NOTHING: Omit<Copy, "model"> = {
  readAt: 0,
  index: { cuts: -1, parts: [] },
  binning: {},
  parts: new Map(),
  learnt: null,
};

const sumOf = (parts: Iterable<ReadPart>): Cells => {
  const sums = new Map<string, Cell>();
  for (const { cells } of parts) {
    for (const [key, cell] of cells) sums.set(key, addCell(sums.get(key) ?? EMPTY_CELL, cell));
  }
  return sums;
};

/** Parts that these actions need and that are not there as the index has them. */
const missing = ({ index, parts }: Copy, actions: ReadonlySet<string>): readonly IndexedPart[] =>
  index.parts.filter(
    ({ id, version, action }) =>
      (action === null || actions.has(action)) && (parts.get(id)?.version ?? Number.NaN) !== version,
  );

/**
 * The process's copy of a model. Every five seconds the index is read, which is small, and of what has changed only the parts
 * of the actions that are decided about. Models that cannot be read stop no decision: the copy before, or what the playbook
 * declares, is good enough for a while.
 */
export const modelCache = (
  store: Pick<LearningReader, "head" | "index" | "parts">,
  clock: Clock,
): LearntModels => {
  /** By model: visitors are answered by one of their own, and a new playbook may bring another. */
  const copies = new Map<string, Copy>();
  let reading: Promise<unknown> = Promise.resolve();

  const keep = (copy: Copy): void => {
    copies.delete(copy.model);
    copies.set(copy.model, copy);
    const [oldest] = copies.keys();
    if (copies.size > MOST_COPIES && oldest !== undefined) copies.delete(oldest);
  };

  const isFresh = ({ readAt }: Copy): boolean => {
    const age = clock.now() - readAt;
    // A clock that was set back must not make a copy live for ever.
    return age >= 0 && age < FRESH_MS;
  };

  /** With the index as it stands. Bins that were cut since make a new start: all sums are others. */
  const withIndex = async (copy: Copy): Promise<Copy> => {
    const readAt = clock.now();
    const index = await store.index(copy.model);
    if (index.cuts === copy.index.cuts) return { ...copy, readAt, index };
    const { cuts, binning } = await store.head(copy.model);
    // One of the two reads was behind the other: the copy before serves until the next look.
    if (cuts !== index.cuts) return { ...copy, readAt };
    return { ...copy, readAt, index, binning, parts: new Map() };
  };

  const withParts = async (copy: Copy, actions: ReadonlySet<string>): Promise<Copy> => {
    const wanted = missing(copy, actions);
    if (wanted.length === 0) return copy;
    const read = await store.parts(
      copy.model,
      wanted.map(({ id }) => id),
    );
    return { ...copy, parts: new Map([...copy.parts, ...read]) };
  };

  const bringUpToDate = async (
    before: Copy,
    learning: LearningSettings,
    actions: ReadonlySet<string>,
  ): Promise<Copy> => {
    const current = isFresh(before) ? before : await withIndex(before);
    const read = await withParts(current, actions);
    const { binning, parts, readAt } = read;
    const cells = sumOf(parts.values());
    const estimate = learnerOf(learning, binning).estimator(cells, readAt);
    return {
      ...read,
      failed: false,
      learnt: { estimate, evidence: evidenceOf(cells, readAt, learning.halfLifeDays), readAt },
    };
  };

  const read = async (
    learning: LearningSettings,
    actions: ReadonlySet<string>,
  ): Promise<LearntModel | null> => {
    const { model } = learning;
    const before = copies.get(model) ?? { ...NOTHING, model };
    if (isFresh(before) && (before.failed || missing(before, actions).length === 0)) return before.learnt;
    try {
      keep(await bringUpToDate(before, learning, actions));
    } catch (error) {
      log.error("the model could not be read", error, { reason: model });
      keep({ ...before, readAt: clock.now(), failed: true });
    }
    return copies.get(model)?.learnt ?? null;
  };

  return {
    current: async (learning, actions) => {
      if (learning === undefined) return null;
      const wanted = new Set(actions);
      // One after the other: who comes while somebody reads finds it read.
      const answer = reading.then(() => read(learning, wanted));
      reading = answer;
      return answer;
    },
  };
};
