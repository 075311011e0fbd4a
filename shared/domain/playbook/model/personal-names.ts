import type { DataModel } from "./data-model.ts";

/** Names that differ only in how they are written are one: `zipCode`, `zip_code`, `Zip-Code`. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** `traits.phone` -> `phone`. Paths into an event's context name nothing that a decision sees. */
const memberNames = (path: string): string[] =>
  path.startsWith("context.") ? [] : [path.slice(path.lastIndexOf(".") + 1)];

/** Keys (`nameKey`) of traits and properties that identifiers come from, and of traits marked `personal`. */
export const personalNames = ({ identifiers, traits }: DataModel): ReadonlySet<string> =>
  new Set(
    [
      ...identifiers.flatMap(({ type, from }) => [type, ...from.flatMap(memberNames)]),
      ...traits.filter(({ personal }) => personal === true).map(({ name }) => name),
    ].map(nameKey),
  );

/** Computed traits made from such a property, with what they keep of it. */
export const personalComputed = (dataModel: DataModel): ReadonlyMap<string, "the value" | "a count"> => {
  const names = personalNames(dataModel);
  return new Map(
    dataModel.computed
      .filter(({ property = "" }) => property.split(".").some((member) => names.has(nameKey(member))))
      .map(({ name, kind }) => [name, kind === "distinct" || kind === "sum" ? "a count" : "the value"]),
  );
};
