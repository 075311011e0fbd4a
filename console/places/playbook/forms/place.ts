import type { YamlEdit, YamlPath } from "#domain/draft/edit/yaml-tree.ts";
import type { Field, Fields, Shape } from "./shapes.ts";

/** A value of a file, and how it is changed where it stands. */
export type Place = {
  readonly path: YamlPath;
  /** Undefined: it is not there. */
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly remove: () => void;
};

export type Members = Readonly<Record<string, unknown>>;
export const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Edit = (edit: YamlEdit) => void;

/** The whole file. */
export const rootPlace = (value: unknown): Place => ({
  path: [],
  value,
  set: () => {},
  remove: () => {},
});

/** Whether an entry is written short: only its one field, without the map around it. */
export const isShort = ({ value }: Place, { short }: Fields): boolean =>
  short !== undefined && value !== undefined && value !== null && !isMembers(value);

/** A field of a map, whatever way the map is written. */
export const fieldIn = (place: Place, group: Fields, { name }: Field, edit: Edit): Place => {
  const { path, value } = place;
  const order = group.fields.map((field) => field.name);
  if (isShort(place, group)) {
    const isOwn = name === group.short;
    return {
      path: isOwn ? path : [...path, name],
      value: isOwn ? value : undefined,
      set: (next) =>
        edit({ kind: "set", path, value: isOwn ? next : { [group.short ?? ""]: value, [name]: next } }),
      remove: () => {},
    };
  }
  const members = isMembers(value) ? value : {};
  const isLast = Object.keys(members).length === 1;
  return {
    path: [...path, name],
    value: members[name],
    set: (next) => edit({ kind: "set", path: [...path, name], value: next, order }),
    remove: () => {
      if (members[name] === undefined) return;
      if (isLast && path.length > 0) place.remove();
      else edit({ kind: "remove", path: [...path, name] });
    },
  };
};

/** What a map says beside the fields that its form has. */
export const othersIn = ({ value }: Place, { fields }: Fields): readonly string[] =>
  isMembers(value) ? Object.keys(value).filter((name) => !fields.some((field) => field.name === name)) : [];

/** The entries of a list; one that stands without its list is its only entry. */
export const itemsIn = (place: Place, edit: Edit): readonly Place[] => {
  const { path, value } = place;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [place];
  return value.map((item: unknown, index) => ({
    path: [...path, index],
    value: item,
    set: (next) => edit({ kind: "set", path: [...path, index], value: next }),
    // A list without entries says nothing.
    remove: () => (value.length === 1 ? place.remove() : edit({ kind: "remove", path: [...path, index] })),
  }));
};

/** Adds an entry at the end of a list, which it begins where there is none. */
export const addItem = (place: Place, item: unknown, edit: Edit): void => {
  const { path, value } = place;
  if (Array.isArray(value) && value.length > 0)
    edit({ kind: "insert", path: [...path, value.length], value: item });
  else place.set(value === undefined || value === null || Array.isArray(value) ? [item] : [value, item]);
};

/** The entries of a map, each with its name. */
export const entriesIn = (place: Place, edit: Edit): readonly (Place & { readonly name: string })[] =>
  Object.entries(isMembers(place.value) ? place.value : {}).map(([name, value]) => ({
    name,
    path: [...place.path, name],
    value,
    set: (next) => edit({ kind: "set", path: [...place.path, name], value: next }),
    remove: () => edit({ kind: "remove", path: [...place.path, name] }),
  }));

/** The least that a new entry says. */
export const blankOf = ({ fields, short }: Fields): unknown =>
  short === undefined
    ? Object.fromEntries(
        fields.filter(({ required }) => required).map(({ name, shape }) => [name, blankValue(shape)]),
      )
    : "";

const blankValue = (shape: Shape): unknown => {
  if (shape.kind === "one") return shape.of[0] ?? "";
  if (shape.kind === "number") return 1;
  if (shape.kind === "duration") return "P1D";
  return "";
};

/** A list of names as one reads it: a single one may stand there alone. */
export const namesOf = (value: unknown): readonly string[] => {
  if (value === undefined || value === null || value === "") return [];
  return (Array.isArray(value) ? value : [value]).map(String);
};

/** A value that a field of text shows. */
export const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** What was typed as the value that is written: a number where one may stand and it is one. */
export const readTyped = (typed: string, isNumber: boolean): unknown => {
  const number = Number(typed.replace(",", "."));
  return isNumber && typed.trim() !== "" && Number.isFinite(number) ? number : typed;
};

/** `PT4H` as 4 and H; null for one of several units, which is written as it is. */
export const unitIn = (duration: string): { readonly count: string; readonly unit: Unit } | null => {
  const found = /^P(?:(\d+)([WD])|T(\d+)([HMS]))$/.exec(duration);
  if (found === null) return null;
  return { count: found[1] ?? found[3] ?? "", unit: (found[2] ?? found[4]) as Unit };
};
export const UNITS = ["M", "H", "D", "W"] as const;
type Unit = (typeof UNITS)[number] | "S";
export const durationOf = (count: string, unit: string): string =>
  unit === "D" || unit === "W" ? `P${count}${unit}` : `PT${count}${unit}`;
