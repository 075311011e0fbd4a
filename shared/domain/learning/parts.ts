/**
 * A model's sums are kept in parts: those of an action on a channel together, and those that concern several actions. Whoever
 * decides needs the latter and the parts of its candidates.
 */

/** The part of what concerns several actions. */
const SHARED_PART = "*";

/** The part that a cell belongs to. */
export const partOf = (cell: string): string => {
  const [kind = "", action = "", channel = ""] = cell.split("|");
  return action === "" || kind === "g" || kind === "a" ? SHARED_PART : `${action}|${channel}`;
};

/** The action that a part is about; null: several. */
export const actionOf = (part: string): string | null => {
  const end = part.lastIndexOf("|");
  return end < 0 ? null : part.slice(0, end);
};

/** Sums by the part that they belong to. */
export const byPart = <Sum>(cells: ReadonlyMap<string, Sum>): Map<string, Map<string, Sum>> => {
  const parts = new Map<string, Map<string, Sum>>();
  for (const [key, cell] of cells) {
    const part = partOf(key);
    const own = parts.get(part) ?? new Map<string, Sum>();
    parts.set(part, own.set(key, cell));
  }
  return parts;
};
