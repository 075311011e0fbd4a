import { dirname } from "node:path";
import { packageOf, type SourceFile } from "./sources.ts";

/** What imports what, types included: every place (a file or a folder) and the other places that it names. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

const importsBetween = (files: readonly SourceFile[], placeOf: (path: string) => string): Imports => {
  const places = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const own = placeOf(path);
    const named = places.get(own) ?? new Set();
    places.set(own, named);
    for (const imported of imports) {
      if (packageOf(imported) === undefined && placeOf(imported) !== own) named.add(placeOf(imported));
    }
  }
  return places;
};

export const fileImports = (files: readonly SourceFile[]): Imports => importsBetween(files, (path) => path);

/**
 * Imports between folders: a folder and the folders in it are places of their own.
 * @param depth folders below so many levels count as their parent
 */
export const folderImports = (files: readonly SourceFile[], depth = Number.POSITIVE_INFINITY): Imports =>
  importsBetween(files, (path) => dirname(path).split("/").slice(0, depth).join("/"));

/**
 * Groups of places that lead to each other, what a group imports before the group itself; most groups are one place
 * alone. Tarjan, "Depth-first search and linear graph algorithms" (1972).
 */
const groupsOf = (imports: Imports): readonly (readonly string[])[] => {
  const found = new Map<string, { readonly number: number; low: number; open: boolean }>();
  const open: string[] = [];
  const groups: string[][] = [];
  const visit = (place: string): { low: number } => {
    const own = { number: found.size, low: found.size, open: true };
    found.set(place, own);
    open.push(place);
    for (const next of imports.get(place) ?? []) {
      const known = found.get(next);
      if (known === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (known.open) own.low = Math.min(own.low, known.number);
    }
    if (own.low === own.number) {
      const group = open.splice(open.indexOf(place));
      for (const member of group) Object.assign(found.get(member) ?? {}, { open: false });
      groups.push(group.sort());
    }
    return own;
  };
  for (const place of imports.keys()) if (!found.has(place)) visit(place);
  return groups;
};

/** Places that lead back to themselves by way of others, by ring. */
export const ringsIn = (imports: Imports): readonly (readonly string[])[] =>
  groupsOf(imports).filter((group) => group.length > 1);

/** Places by floor: on the ground floor those that import nothing, above it those that import only from below. */
export const floorsOf = (imports: Imports): readonly (readonly string[])[] => {
  const floorOf = new Map<string, number>();
  const floors: string[][] = [];
  for (const group of groupsOf(imports)) {
    const below = group
      .flatMap((place) => [...(imports.get(place) ?? [])])
      .map((next) => floorOf.get(next) ?? -1);
    const floor = Math.max(-1, ...below) + 1;
    for (const place of group) floorOf.set(place, floor);
    floors[floor] = [...(floors[floor] ?? []), ...group].sort();
  }
  return floors;
};
