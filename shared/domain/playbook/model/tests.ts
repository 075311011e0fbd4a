import type { TestFields } from "../schema/test-file.ts";
import type { PlaybookFinding } from "./finding.ts";

type Place = Pick<PlaybookFinding, "file" | "line" | "column">;

/** A test of the playbook as its file says it, with the places of what it expects. */
export type PlaybookTest = {
  readonly place: Place;
  /** By number of the expectation. */
  readonly thenPlaces: readonly Place[];
  /** By number of the step. */
  readonly whenPlaces: readonly Place[];
  readonly fields: TestFields;
};

/** Each step of a test by the field that says what happens, with the fields that may stand beside it. */
export const WHEN_FIELDS = {
  track: ["properties", "public", "as", "visitor"],
  identify: ["public", "as", "visitor"],
  page: ["properties", "public", "as", "visitor"],
  screen: ["properties", "public", "as", "visitor"],
  consent: ["as", "visitor"],
  advance: [],
  until: [],
  ask: ["channel", "context", "as", "visitor"],
  outcome: ["of", "as", "visitor"],
  receive: ["channel", "as", "visitor"],
  enter: ["key", "as", "visitor"],
} as const;
export type WhenKind = keyof typeof WHEN_FIELDS;

/** Each expectation of a test by the field that says what is looked at, with the fields that may stand beside it. */
export const THEN_FIELDS = {
  message: ["channel", "subject", "text", "times", "at", "as", "visitor"],
  no: ["channel", "as", "visitor"],
  reply: ["channel", "times", "as", "visitor"],
  decision: ["chosen", "rejected", "reason", "as", "visitor"],
  journey: ["step", "ended", "as", "visitor"],
  segment: ["in", "as", "visitor"],
  trait: ["is", "as", "visitor"],
} as const;
export type ThenKind = keyof typeof THEN_FIELDS;

const kindsIn = <Kind extends string>(
  table: Readonly<Record<Kind, readonly string[]>>,
  fields: object,
): readonly Kind[] => (Object.keys(table) as Kind[]).filter((kind) => Object.hasOwn(fields, kind));

/** What a step says that happens; more than one is a mistake. */
export const whenKinds = (fields: object): readonly WhenKind[] => kindsIn(WHEN_FIELDS, fields);
/** What an expectation looks at; more than one is a mistake. */
export const thenKinds = (fields: object): readonly ThenKind[] => kindsIn(THEN_FIELDS, fields);
/** Any action, in `message` and `no`. */
export const ANY = "*";
/** What is `chosen` where nothing is. */
export const NOTHING = "nothing";
