import type { CompiledAction } from "../../playbook/model/compiled.ts";

/** What decisions of the same call chose before: action or exclusive set -> the action chosen. */
export type Taken = {
  readonly actions: readonly string[];
  readonly exclusive: Readonly<Record<string, string>>;
};

export type Rivals = {
  /** The chosen action that excludes this one, or undefined. */
  readonly rivalOf: (action: CompiledAction) => string | undefined;
  readonly take: (action: CompiledAction) => void;
};

/** Keeps an answer diverse: at most `perGroup` of a group, one of an exclusive set, nothing twice in one call. */
export const rivalsFor = (perGroup: number, taken: Taken | undefined): Rivals => {
  const groups = new Map<string, string[]>();
  const exclusive = new Map(taken === undefined ? [] : Object.entries(taken.exclusive));
  const actions = new Set(taken?.actions);
  return {
    rivalOf: ({ name, group, exclusive: set }) => {
      if (actions.has(name)) return name;
      const rival = set === undefined ? undefined : exclusive.get(set);
      if (rival !== undefined || group === undefined) return rival;
      const members = groups.get(group);
      return members !== undefined && members.length >= perGroup ? members[0] : undefined;
    },
    take: ({ name, group, exclusive: set }) => {
      if (set !== undefined) exclusive.set(set, name);
      if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), name]);
    },
  };
};
