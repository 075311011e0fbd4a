import * as z from "zod/mini";
import { ADDRESSES } from "#channels/all.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import {
  duration,
  eventName,
  feel,
  fieldName,
  line,
  listOf,
  mapOf,
  name,
  propertyPath,
  text,
  whole,
} from "./text.ts";

export const FIELD_TYPES = [
  "string",
  "number",
  "boolean",
  "date",
  "date and time",
  "list",
  "list<string>",
  "list<number>",
  "list<boolean>",
  "list<date>",
  "list<date and time>",
  "context",
  "any",
  // A text, which may be a web address in a message even where anybody may have said it.
  "url",
] as const;
export const COMPUTED_KINDS = ["count", "sum", "min", "max", "first", "last", "distinct"] as const;

const fieldType = () => z.enum(FIELD_TYPES);

const NORMALIZATIONS = [
  "none",
  ...[...ADDRESSES.values()].flatMap(({ spelling }) => spelling?.name ?? []),
  "lower",
];

const IdentifierFields = z.strictObject({
  priority: whole(1, 100),
  limit: z.optional(whole(1, 100)),
  unique: z.optional(z.boolean()),
  from: listOf(line(200)).check(z.minLength(1, { error: "at least one place where it is found" })),
  normalize: z.optional(z.enum(NORMALIZATIONS)),
  channel: z.optional(name()),
});

const PropertyFields = z.strictObject({
  type: fieldType(),
  maxLength: z.optional(whole(1, BOUNDS.traitBytes)),
  description: z.optional(text()),
});

const TraitFields = z.strictObject({
  type: fieldType(),
  maxLength: z.optional(whole(1, BOUNDS.traitBytes)),
  default: z.optional(z.json()),
  personal: z.optional(z.boolean()),
  description: z.optional(text()),
});

const ComputedFields = z.strictObject({
  kind: z.enum(COMPUTED_KINDS),
  event: eventName(),
  property: z.optional(propertyPath()),
  where: z.optional(feel()),
  window: z.optional(duration()),
  type: z.optional(fieldType()),
  description: z.optional(text()),
});

const PUBLIC_KEY_RULES = ["first", "any"] as const;
const PublicKeyFields = z.strictObject({
  addresses: z.optional(z.enum(PUBLIC_KEY_RULES)),
  deviceTokens: z.optional(z.enum(PUBLIC_KEY_RULES)),
  outcomes: z.optional(z.enum(["visitors", "any"])),
});

/** What `from` of an event says, where it is no property of that name. */
export const TRUSTED = "trusted";
/** Properties with their types; `from: trusted` beside them. */
const EventFields = mapOf(fieldName(), z.union([z.enum([...FIELD_TYPES, TRUSTED]), PropertyFields]));

/** `data-model.yaml`. */
export const DataModelFile = z.strictObject({
  publicKeys: z.optional(PublicKeyFields),
  identifiers: z.optional(mapOf(name(), IdentifierFields)),
  traits: z.optional(mapOf(fieldName(), z.union([fieldType(), TraitFields]))),
  computed: z.optional(mapOf(fieldName(), ComputedFields)),
  events: z.optional(mapOf(eventName(), EventFields)),
});
export type DataModelFile = z.infer<typeof DataModelFile>;
