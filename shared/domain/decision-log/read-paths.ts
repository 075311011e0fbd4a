import { type CompiledExpression, normalizeName } from "#feel/index.ts";
import { isList, type Json, type JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";

/** What rules read of a value: all of it, or members by normalized name. */
export type Reads = "all" | ReadonlyMap<string, Reads>;
type Roots = Readonly<Record<"event" | "data" | "context", Reads>>;

const rulesOf = ({ actions, learning }: CompiledPlaybook): readonly CompiledExpression[] => [
  ...actions.flatMap(({ rules: { eligible, ...formulas } }) => [
    ...eligible,
    ...Object.values(formulas).filter((formula) => typeof formula === "object" && formula !== null),
  ]),
  ...(learning?.predictors ?? []).map(({ rule }) => rule),
];

type Growing = Map<string, Growing | "all">;

const addPath = (reads: Growing, [name = "", ...members]: readonly string[]): void => {
  const key = normalizeName(name);
  const known = reads.get(key);
  if (known === "all") return;
  if (members.length === 0) {
    reads.set(key, "all");
    return;
  }
  const inner = known ?? new Map();
  reads.set(key, inner);
  addPath(inner, members);
};

const readsByPlaybook = new WeakMap<CompiledPlaybook, Roots>();

/**
 * What the actions' rules and formulas and the predictors of a version read of event, data and context: the longest paths
 * that are certain from their texts. Compiles all of them, once for each version.
 */
export const readsOf = (playbook: CompiledPlaybook): Roots => {
  const known = readsByPlaybook.get(playbook);
  if (known !== undefined) return known;
  const reads: Growing = new Map();
  for (const { references } of rulesOf(playbook)) for (const path of references) addPath(reads, path);
  const of = (name: string): Reads => reads.get(name) ?? new Map();
  const roots = { event: of("event"), data: of("data"), context: of("context") };
  readsByPlaybook.set(playbook, roots);
  return roots;
};

/** The members that are read. A path into a list is one into each of its elements (DMN 1.5, 10.3.2.13.7). */
export const readMembers = (members: JsonObject, reads: Reads): JsonObject =>
  reads === "all"
    ? members
    : Object.fromEntries(
        Object.entries(members).flatMap(([name, value]): [string, Json][] => {
          const read = reads.get(normalizeName(name));
          return read === undefined ? [] : [[name, readOf(value, read)]];
        }),
      );

const readOf = (value: Json, reads: Reads): Json => {
  if (reads === "all" || typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((element) => readOf(element, reads));
  return readMembers(value, reads);
};

/**
 * Properties of an event that the data model declares, and undeclared ones that are read, beside the event's name or
 * under `properties`.
 */
export const readProperties = (
  properties: JsonObject,
  reads: Reads,
  declared: Readonly<Record<string, unknown>>,
): JsonObject => {
  if (reads === "all") return properties;
  const under = reads.get("properties") ?? new Map();
  if (under === "all") return properties;
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]): [string, Json][] => {
      if (Object.hasOwn(declared, name)) return [[name, value]];
      const [beside, below] = [reads, under].map((each) => each.get(normalizeName(name)));
      if (beside !== undefined && below !== undefined) return [[name, value]];
      const read = beside ?? below;
      return read === undefined ? [] : [[name, readOf(value, read)]];
    }),
  );
};
