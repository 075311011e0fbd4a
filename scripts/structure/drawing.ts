import { floorsOf, type Imports, ringsIn } from "./graph.ts";

type Shown = (folder: string) => boolean;

/** The floors from the top down; below each folder what it imports, by room. */
export const drawText = (imports: Imports, isShown: Shown): string => {
  const ringOf = new Map(
    ringsIn(imports).flatMap((ring, index) => ring.map((folder) => [folder, index + 1])),
  );
  return floorsOf(imports)
    .map((folders, floor) => ({ floor, folders: folders.filter(isShown) }))
    .filter(({ folders }) => folders.length > 0)
    .reverse()
    .map(({ floor, folders }) => {
      const lines = folders.map((folder) => {
        const ring = ringOf.has(folder) ? ` (in ring ${ringOf.get(folder)})` : "";
        const named = byRoom([...(imports.get(folder) ?? [])]);
        return `  ${folder}${ring}${named === "" ? "" : `\n      ${named}`}`;
      });
      return `floor ${floor}\n${lines.join("\n")}\n`;
    })
    .join("\n");
};

/** `shared/domain/{message, decision}, infra/core`: what lies in one room is said with the room once. */
const byRoom = (folders: readonly string[]): string => {
  const rooms = Map.groupBy(folders.toSorted(), roomOf);
  return [...rooms]
    .map(([room, members]) => {
      if (members.length === 1) return members[0];
      return `${room}/{${members.map((folder) => folder.slice(room.length + 1) || ".").join(", ")}}`;
    })
    .join(", ");
};

const roomOf = (folder: string): string =>
  folder
    .split("/")
    .slice(0, folder.startsWith("shared/") ? 2 : 1)
    .join("/");

/** The same for Graphviz: an arrow for each import, red within a ring. */
export const drawDot = (imports: Imports, isShown: Shown): string => {
  const rings = ringsIn(imports);
  const isRing = (one: string, other: string): boolean =>
    rings.some((ring) => ring.includes(one) && ring.includes(other));
  const floors = floorsOf(imports).map((folders) => folders.filter(isShown));
  const ranks = floors.map((folders) => `  { rank = same; ${folders.map((one) => `"${one}";`).join(" ")} }`);
  const arrows = floors
    .flat()
    .flatMap((folder) =>
      [...(imports.get(folder) ?? [])]
        .filter(isShown)
        .map((other) => `  "${folder}" -> "${other}"${isRing(folder, other) ? " [color = red]" : ""};`),
    );
  return ["digraph {", "  node [shape = box];", ...ranks, ...arrows, "}"].join("\n");
};
