import { diffLines, type Hunk, linesOf } from "./line-diff.ts";
import type { Conflict, Merged, ThreeTexts } from "./merged.ts";

/** A part of the text before that one or both changed. */
type Region = { readonly from: number; end: number; readonly yours: Hunk[]; readonly theirs: Hunk[] };

type Options = {
  /** Whether changes of lines beside each other are apart; by default they are in each other's way, as for git. */
  readonly isApart?: boolean;
};

/** Puts two changes of a text together, line by line (diff3). */
export const mergeLines = (
  { before, yours, theirs }: ThreeTexts,
  { isApart = false }: Options = {},
): Merged => {
  const [base, own, other] = [linesOf(before), linesOf(yours), linesOf(theirs)];
  const regions = regionsOf(diffLines(base, own), diffLines(base, other), isApart);
  const parts: string[] = [];
  const conflicts: Conflict[] = [];
  let line = 1;
  const add = (text: string): void => {
    parts.push(text);
    line += linesOf(text).length;
  };
  let done = 0;
  for (const region of regions) {
    add(base.slice(done, region.from).join(""));
    done = region.end;
    const changed = {
      before: base.slice(region.from, region.end).join(""),
      yours: rewritten(base, own, region, region.yours),
      theirs: rewritten(base, other, region, region.theirs),
    };
    const isOnlyYours = region.theirs.length === 0;
    const isConflict = !isOnlyYours && region.yours.length > 0 && changed.yours !== changed.theirs;
    if (isConflict) conflicts.push({ line, ...changed });
    add(isOnlyYours ? changed.yours : changed.theirs);
  }
  add(base.slice(done).join(""));
  return { text: parts.join(""), conflicts, by: "lines" };
};

/** What a region's lines are in a text, given where that differs. */
const rewritten = (
  base: readonly string[],
  lines: readonly string[],
  { from, end }: Region,
  hunks: readonly Hunk[],
): string => {
  const parts: string[] = [];
  let done = from;
  for (const hunk of hunks) {
    parts.push(...base.slice(done, hunk.from), ...lines.slice(hunk.otherFrom, hunk.otherEnd));
    done = hunk.end;
  }
  return [...parts, ...base.slice(done, end)].join("");
};

const regionsOf = (yours: readonly Hunk[], theirs: readonly Hunk[], isApart: boolean): readonly Region[] => {
  const all = [
    ...yours.map((hunk) => ({ hunk, whose: "yours" as const })),
    ...theirs.map((hunk) => ({ hunk, whose: "theirs" as const })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.end - b.hunk.end);
  const regions: Region[] = [];
  for (const { hunk, whose } of all) {
    const last = regions.at(-1);
    if (last !== undefined && meets(last, hunk, isApart)) {
      last.end = Math.max(last.end, hunk.end);
      last[whose].push(hunk);
      continue;
    }
    const region: Region = { from: hunk.from, end: hunk.end, yours: [], theirs: [] };
    region[whose].push(hunk);
    regions.push(region);
  }
  return regions;
};

/** Whether a change is in the way of those before it. Two insertions at one place always are. */
const meets = (region: Region, hunk: Hunk, isApart: boolean): boolean => {
  if (hunk.from < region.end) return true;
  if (hunk.from > region.end) return false;
  const isSamePlace = hunk.from === region.from && hunk.end === region.end;
  return !isApart || isSamePlace;
};
