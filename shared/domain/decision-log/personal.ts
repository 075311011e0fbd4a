import type { CompiledPlaybook } from "../playbook/types.ts";
import type { CustomerState, Json, JsonObject } from "../profile/types.ts";

/**
 * Stands in the log for a text that names or reaches somebody. A rule that asks whether the value is there gets the same
 * answer; one that reads the value itself cannot be replayed.
 */
export const MASKED = "(personal)";

/** What must not get into the log: values under these names, and these very texts wherever they stand. */
export type Personal = { readonly names: ReadonlySet<string>; readonly texts: ReadonlySet<string> };

const namesByPlaybook = new WeakMap<CompiledPlaybook, ReadonlySet<string>>();

/** `traits.email` -> `email`. Paths into an event's context name nothing that a decision sees. */
const memberNames = (path: string): string[] =>
  path.startsWith("context.") ? [] : [path.slice(path.lastIndexOf(".") + 1)];

/** Names of traits and properties that identifiers come from, and of traits marked `personal`. */
export const personalNames = (playbook: CompiledPlaybook): ReadonlySet<string> => {
  const known = namesByPlaybook.get(playbook);
  if (known !== undefined) return known;
  const { identifiers, traits } = playbook.document.dataModel;
  const names = new Set([
    ...identifiers.flatMap(({ type, from }) => [type, ...from.flatMap(memberNames)]),
    ...traits.filter(({ personal }) => personal === true).map(({ name }) => name),
  ]);
  namesByPlaybook.set(playbook, names);
  return names;
};

/** Shorter texts are no address, and masking them would hide what rules read ("de", "1"). */
const SHORTEST_TEXT = 5;

export const personalOf = (playbook: CompiledPlaybook, state: CustomerState | null): Personal => {
  const names = personalNames(playbook);
  const texts = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === "string" && value.length >= SHORTEST_TEXT) texts.add(value.toLowerCase());
  };
  if (state === null) return { names, texts };
  for (const { value } of [...state.identifiers, ...state.contested, ...state.addresses]) add(value);
  for (const name of names) if (Object.hasOwn(state.traits, name)) add(state.traits[name]?.value);
  return { names, texts };
};

/** The value without what is personal: null stays null, anything else that is personal becomes `MASKED`. */
export const withoutPersonal = (value: Json, personal: Personal): Json => {
  if (typeof value === "string") return personal.texts.has(value.toLowerCase()) ? MASKED : value;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((member) => withoutPersonal(member, personal));
  return membersWithoutPersonal(value, personal);
};

export const membersWithoutPersonal = (members: JsonObject, personal: Personal): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      personal.names.has(name) && member !== null ? MASKED : withoutPersonal(member, personal),
    ]),
  );

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);
