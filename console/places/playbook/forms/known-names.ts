import { readGrids } from "#dmn/edit/grid.ts";
import { readYamlForm } from "#domain/draft/edit/yaml-edit.ts";
import type { KnownNames, Suggestion } from "./feel-completion.ts";
import type { Names, Scope } from "./shapes.ts";

type Files = ReadonlyMap<string, { readonly text: string | null }>;
type Members = Readonly<Record<string, unknown>>;

/** What the files of a draft declare, for forms to offer. What cannot be read offers nothing. */
export type Declared = {
  readonly names: Readonly<Record<Names, readonly string[]>>;
  readonly traits: readonly Suggestion[];
  readonly segments: readonly Suggestion[];
  /** Properties by event. */
  readonly events: Readonly<Record<string, readonly Suggestion[]>>;
  readonly brand: readonly Suggestion[];
  readonly decisions: readonly Suggestion[];
};

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const membersOf = (value: unknown, ...path: readonly string[]): Members => {
  let at = value;
  for (const step of path) at = isMembers(at) ? at[step] : undefined;
  return isMembers(at) ? at : {};
};
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const named = (name: string, about: string): Suggestion => ({ name, kind: "name", about });

/** What was read of a file, by its path: whoever writes in one does not have the others read at each key. */
const reader = <Read>(read: (text: string) => Read): ((path: string, text: string) => Read) => {
  const known = new Map<string, { readonly text: string; readonly read: Read }>();
  return (path, text) => {
    const before = known.get(path);
    if (before?.text === text) return before.read;
    const now = read(text);
    known.set(path, { text, read: now });
    return now;
  };
};

const readMembers = reader((text) => membersOf(readYamlForm(text, { anchors: true })?.value));
const readFile = (files: Files, path: string): Members => readMembers(path, files.get(path)?.text ?? "");

const readDecisions = reader((text): readonly string[] => {
  try {
    return readGrids(text).map(({ decision }) => decision);
  } catch {
    return [];
  }
});

/** `string`, `{ type: string, description }`, `{ kind: count, event, window }` in a few words. */
const inWords = (value: unknown): string => {
  if (typeof value === "string") return value;
  const { type, kind, event, window, description } = membersOf(value);
  return [type, kind, event, window, description].map(textOf).filter(Boolean).join(" · ");
};
const suggestionsOf = (members: Members): readonly Suggestion[] =>
  Object.entries(members).map(([name, value]) => named(name, inWords(value)));

const EVENT_SETTINGS = ["from"];
const propertiesOf = (event: unknown): readonly Suggestion[] =>
  suggestionsOf(membersOf(event)).filter(({ name }) => !EVENT_SETTINGS.includes(name));

const OUTCOMES = [
  "accepted",
  "bounced",
  "clicked",
  "complained",
  "converted",
  "delivered",
  "dismissed",
  "opened",
  "refused",
  "shown",
  "unsubscribed",
];
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const decisionsIn = (files: Files): readonly Suggestion[] => {
  const names = [...files].flatMap(([path, { text }]) =>
    path.startsWith("decisions/") && text !== null ? readDecisions(path, text) : [],
  );
  return [...new Set(names)].map((name): Suggestion => ({ name, kind: "function", about: "(…)" }));
};

const pathsBelow = (files: Files, folder: string): readonly string[] =>
  [...files].flatMap(([path, { text }]) => (text !== null && path.startsWith(folder) ? [path] : []));

const traitsOf = (model: Members): readonly Suggestion[] => [
  ...suggestionsOf(membersOf(model, "traits")),
  ...suggestionsOf(membersOf(model, "computed")),
  ...[named("customerId", ""), named("createdAt", "")],
];

/** The traits of customers that a draft declares. */
export const traitsIn = (files: Files): readonly Suggestion[] => traitsOf(readFile(files, "data-model.yaml"));

/** Reads what a draft declares. */
export const declaredIn = (files: Files): Declared => {
  const model = readFile(files, "data-model.yaml");
  const playbook = readFile(files, "playbook.yaml");
  const policy = readFile(files, "contact-policy.yaml");
  const segments = readFile(files, "segments.yaml");
  const triggers = readFile(files, "triggers.yaml");
  const events = membersOf(model, "events");
  const templates = pathsBelow(files, "templates/").map((path) => path.split("/")[1] ?? "");
  const placements = Object.keys(triggers).map((trigger) => `trigger.${trigger}`);
  return {
    names: {
      actions: pathsBelow(files, "actions/").map((path) => path.replace(/^actions\/|\.yaml$/g, "")),
      categories: Object.keys(membersOf(policy, "categories")),
      channels: Object.keys(membersOf(playbook, "channels")),
      events: [...Object.keys(events), "segment.entered", "segment.exited", "time.came"],
      outcomes: OUTCOMES,
      placements: [...Object.keys(membersOf(playbook, "placements")), ...placements],
      templates: [...new Set(templates)].filter((name) => !name.startsWith("_")),
      days: DAYS,
      holidays: Object.keys(membersOf(policy, "holidays")),
    },
    traits: traitsOf(model),
    segments: Object.entries(segments).map(([name, value]) =>
      named(name, isMembers(value) ? textOf(value.description) : textOf(value)),
    ),
    events: Object.fromEntries(Object.entries(events).map(([name, event]) => [name, propertiesOf(event)])),
    brand: [
      ...["name", "website", "locale"].map((name) => named(name, "")),
      ...suggestionsOf(membersOf(playbook, "brand", "extra")),
    ],
    decisions: decisionsIn(files),
  };
};

const unique = (all: readonly Suggestion[]): readonly Suggestion[] => [
  ...new Map(all.map((each) => [each.name, each])).values(),
];

/** What a rule of a scope may name; of a trigger, the properties of its own event. */
export const namesIn = (declared: Declared, scope: Scope, event?: string): KnownNames => {
  const { traits, segments, events, brand, decisions } = declared;
  const own = event === undefined ? undefined : events[event];
  const about = [named("name", ""), named("at", ""), ...(own ?? unique(Object.values(events).flat()))];
  const customer = scope === "segment" ? traits : [...traits, ...segments];
  return {
    roots: {
      customer,
      brand,
      ...(scope === "segment" ? {} : { event: about }),
      ...(scope === "action" ? { data: [], context: [] } : {}),
    },
    decisions,
  };
};
