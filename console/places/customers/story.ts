import type { TimelineEntry } from "#client/api.generated.ts";

/** A member of an entry that its kind does not promise. */
export const textIn = (entry: TimelineEntry, member: string): string | undefined => {
  const value = (entry as Readonly<Record<string, unknown>>)[member];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** The day of a moment where the reader is, for the lines between days. */
export const dayOf = (at: string): string => new Date(at).toLocaleDateString("sv");

/** A line of the timeline: an entry, or the day on which those below it happened. */
export type StoryLine =
  | { readonly kind: "day"; readonly at: string }
  | { readonly kind: "entry"; readonly entry: TimelineEntry; readonly place: number };

/** The story of a customer: what happened, newest first, day by day. */
export const storyOf = (entries: readonly TimelineEntry[]): readonly StoryLine[] => {
  let day = "";
  return entries.flatMap((entry, place): readonly StoryLine[] => {
    const line = { kind: "entry", entry, place } as const;
    if (dayOf(entry.at) === day) return [line];
    day = dayOf(entry.at);
    return [{ kind: "day", at: entry.at }, line];
  });
};
