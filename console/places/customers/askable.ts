import type { TimelineEntry } from "#client/api.generated.ts";

/** Places that decisions are asked for at, as people know them: when somebody asks, when something happens, in journeys. */
export type Askable = {
  readonly asked: readonly string[];
  readonly triggers: readonly string[];
  readonly journeys: readonly string[];
};

type Playbook = {
  readonly placements: readonly string[];
  readonly files: Readonly<Record<string, string>>;
};

const DECIDES = /\bdecide:\s*["']?([^\s"',}]+)/g;

/** The places of a playbook, told apart. */
export const askableIn = ({ placements, files }: Playbook): Askable => {
  const inJourneys = new Set(
    Object.entries(files).flatMap(([file, text]) =>
      file.startsWith("journeys/") ? [...text.matchAll(DECIDES)].map(([, name = ""]) => name) : [],
    ),
  );
  const isTrigger = (name: string): boolean => name.startsWith("trigger.");
  const rest = placements.filter((name) => !isTrigger(name));
  return {
    asked: rest.filter((name) => !inJourneys.has(name)),
    triggers: placements.filter(isTrigger),
    journeys: rest.filter((name) => inJourneys.has(name)),
  };
};

/**
 * Where one most likely wants to ask: where a customer was last left alone, else where something was last decided, else
 * where somebody asks.
 * @param entries of the customer's timeline, newest first
 */
export const placeToAsk = (
  { asked, triggers, journeys }: Askable,
  entries: readonly TimelineEntry[],
): string => {
  const known = [...asked, ...triggers, ...journeys];
  const decided = entries.flatMap((entry) =>
    entry.kind === "decision" && known.includes(entry.placement) ? [entry] : [],
  );
  const silent = decided.find(({ actions }) => actions.length === 0);
  return (silent ?? decided[0])?.placement ?? known[0] ?? "";
};
