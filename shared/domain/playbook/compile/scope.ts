import {
  ANY,
  BOOLEAN,
  CONTEXT,
  type ContextType,
  contextOf,
  DATE_TIME,
  type FeelType,
  listOf,
  namedType,
  STRING,
  unionType,
} from "#feel/index.ts";
import type { FieldType } from "../model/data-model.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { askedIn, journeysOf } from "../model/journeys.ts";
import type { CUSTOMER_FIELDS } from "../model/known.ts";
import { decisionTypes } from "./decisions.ts";

/** Who evaluates a rule, and so which names it may use. */
export type ScopeKind =
  /** A segment's condition: `customer` (without segments, which it decides), `brand`, `now`. */
  | { readonly for: "segment" }
  /** Whom a send is for: `customer` with its segments, `brand`, `now`. */
  | { readonly for: "audience" }
  /** A trigger's `if`: `customer`, `event`, `brand`, `now`. */
  | { readonly for: "trigger"; readonly event: string }
  /** An action's rules and formulas: everything. `events`: those that can lead here; null: asked for without an event. */
  | { readonly for: "action"; readonly events: readonly string[] | null }
  /** What moves a run: `customer`, `entry` (the event that led in; null: by the API), `event` where there is one, `brand`, `now`. */
  | { readonly for: "journey"; readonly entry: string | null; readonly event: string | null }
  /** A computed trait's `where`: `event` alone. */
  | { readonly for: "computed"; readonly event: string }
  /** Formulas of sources.yaml: `envelope`. */
  | { readonly for: "source" };

type Declared = Pick<PlaybookDocument, "dataModel" | "segments"> &
  Partial<Pick<PlaybookDocument, "decisionFunctions">>;

/** The static types of the names a rule may use; `shared/feel` compiles against them. */
export const scopeTypes = (declared: Declared, kind: ScopeKind): Readonly<Record<string, FeelType>> => {
  const decisions = decisionTypes(declared.decisionFunctions ?? []);
  switch (kind.for) {
    case "segment":
      return {
        ...decisions,
        customer: customerType({ ...declared, segments: [] }),
        brand: BRAND,
        now: DATE_TIME,
      };
    // No decisions of DMN: who walks over customers compiles a condition by itself.
    case "audience":
      return { customer: customerType(declared), brand: BRAND, now: DATE_TIME };
    case "trigger":
      return {
        ...decisions,
        customer: customerType(declared),
        event: eventType(declared, kind.event),
        brand: BRAND,
        now: DATE_TIME,
      };
    case "action":
      return {
        ...decisions,
        customer: customerType(declared),
        event: anyOfEvents(declared, kind.events),
        data: CONTEXT,
        context: CONTEXT,
        brand: BRAND,
        now: DATE_TIME,
      };
    case "journey":
      return {
        ...decisions,
        customer: customerType(declared),
        entry: kind.entry === null ? contextOf(EVENT, true) : eventType(declared, kind.entry),
        ...(kind.event === null ? {} : { event: eventType(declared, kind.event) }),
        brand: BRAND,
        now: DATE_TIME,
      };
    case "computed":
      return { event: eventType(declared, kind.event) };
    case "source":
      return { envelope: ENVELOPE };
  }
};

/** `customer`: declared traits, computed traits, segments (true or false), and what every customer has. */
export const customerType = ({ dataModel, segments }: Declared): ContextType => {
  const own: Record<(typeof CUSTOMER_FIELDS)[number], FeelType> = {
    customerId: STRING,
    createdAt: DATE_TIME,
    conversation: CONVERSATION,
  };
  const entries: Record<string, FeelType> = { ...own };
  for (const { name, type } of dataModel.traits) entries[name] = fieldType(type);
  for (const { name, type, kind } of dataModel.computed) {
    entries[name] =
      kind === "first" || kind === "last" || kind === "min" || kind === "max" ? fieldType(type) : NUMERIC;
  }
  for (const { name } of segments) entries[name] = BOOLEAN;
  return contextOf(entries);
};

/**
 * `event`: its properties, beside one another and under `properties`, its name and time. An event that the data model
 * does not declare may hold anything.
 */
export const eventType = ({ dataModel }: Declared, name: string): ContextType => {
  const declared = dataModel.events.find((event) => event.name === name);
  if (!declared) return contextOf({ ...EVENT, properties: CONTEXT }, true);
  const properties = Object.fromEntries(
    Object.entries(declared.properties).map(([property, type]) => [property, fieldType(type)]),
  );
  return contextOf({ ...properties, ...EVENT, properties: contextOf(properties) });
};

/** The FEEL type of a declared field. */
export const fieldType = (type: FieldType): FeelType => {
  const list = /^list(?:<(.+)>)?$/.exec(type);
  if (list !== null) return listOf(namedType(list[1] ?? "") ?? ANY);
  return type === "context" ? CONTEXT : (namedType(type) ?? ANY);
};

const NUMERIC = fieldType("number");
const CONVERSATION = contextOf({
  open: BOOLEAN,
  handler: STRING,
  channel: STRING,
  topic: STRING,
  waitingSince: DATE_TIME,
  lastRating: NUMERIC,
});
const EVENT = { name: STRING, at: DATE_TIME };
const BRAND = contextOf({ name: STRING, locale: STRING, website: STRING }, true);
/** AWS's event envelope ("AWS service event metadata"); the content of `detail` differs by sender. */
const ENVELOPE = contextOf(
  {
    id: STRING,
    source: STRING,
    account: STRING,
    time: STRING,
    region: STRING,
    resources: listOf(STRING),
    "detail-type": STRING,
    detail: CONTEXT,
  },
  true,
);

/** Type of an event that is one of several: it has the members of all of them. */
const anyOfEvents = (declared: Declared, names: readonly string[] | null): FeelType => {
  const types = names?.map((name) => eventType(declared, name)) ?? [];
  if (types.length === 0) return contextOf(EVENT, true);
  const entries: Record<string, FeelType> = {};
  for (const type of types) {
    for (const [name, entry] of Object.entries(type.entries)) {
      const known = entries[name];
      entries[name] = known ? unionType(known, entry) : entry;
    }
  }
  return contextOf(
    entries,
    types.some(({ open }) => open === true),
  );
};

/** Events whose triggers or journeys ask for a decision at any of these placements; null when something else may ask there too. */
export const eventsLeadingTo = (
  document: Pick<PlaybookDocument, "triggers" | "journeys" | "sends">,
  placements: readonly string[],
): readonly string[] | null => {
  const asking = [
    ...document.triggers.map(({ placement, on }) => ({ placement, events: [on] })),
    ...journeysOf(document).flatMap(askedIn),
    ...(document.sends ?? []).map(({ placement }) => ({ placement, events: null })),
  ].filter(({ placement }) => placements.includes(placement));
  const isAsked = placements.every((placement) => asking.some((one) => one.placement === placement));
  const events = new Set<string>();
  for (const one of asking) {
    if (one.events === null) return null;
    for (const event of one.events) events.add(event);
  }
  return isAsked ? [...events] : null;
};
