import { durationMs } from "#kernel/duration.ts";
import { withoutAbsent } from "#kernel/json.ts";
import type { TextBound } from "#template/public-words.ts";
import type {
  ComputedTrait,
  DataModel,
  EventDeclaration,
  FieldType,
  IdentifierType,
  TraitDeclaration,
} from "../model/data-model.ts";
import { defaultIdentifiers, identifiersBeside } from "../read/defaults.ts";
import { type DataModelFile, TRUSTED } from "../schema/data-model-file.ts";

type WrittenEvent = NonNullable<DataModelFile["events"]>[string];
type WrittenType = Exclude<WrittenEvent[string], typeof TRUSTED>;

/** @param channels those that playbook.yaml names */
export const buildDataModel = (value: DataModelFile, channels: readonly string[] = []): DataModel => ({
  ...(value.publicKeys && {
    publicKeys: {
      addresses: value.publicKeys.addresses ?? "first",
      deviceTokens: value.publicKeys.deviceTokens ?? "first",
      ...(value.publicKeys.outcomes === "any" && { outcomes: "any" }),
    },
  }),
  identifiers: identifiersOf(value, channels),
  traits: Object.entries(value.traits ?? {}).map(([name, trait]): TraitDeclaration => {
    const { default: usual, personal } = typeof trait === "string" ? {} : trait;
    return withoutAbsent({ name, type: typeOf(trait), default: usual, personal, text: textOf(trait) });
  }),
  computed: Object.entries(value.computed ?? {}).map(([name, computed]): ComputedTrait => {
    const { window, type, description: _, ...rest } = computed;
    const property = propertiesOf(value.events?.[computed.event]).get(computed.property ?? "");
    return withoutAbsent({
      name,
      ...rest,
      windowMs: window === undefined ? undefined : (durationMs(window) ?? 0),
      type: typeOf(type ?? defaultType(computed.kind, property ?? "any")),
      text: type === undefined ? undefined : textOf(type),
    });
  }),
  events: Object.entries(value.events ?? {}).map(([name, event]) => buildEvent(name, event)),
});

const identifiersOf = (
  { identifiers }: DataModelFile,
  channels: readonly string[],
): readonly IdentifierType[] => {
  if (identifiers === undefined) return defaultIdentifiers(channels);
  const declared = Object.entries(identifiers).map(([type, identifier]) =>
    withoutAbsent({
      type,
      ...identifier,
      unique: identifier.unique ?? false,
      limit: identifier.limit ?? (identifier.unique ? 1 : 20),
      normalize: identifier.normalize ?? "none",
    }),
  );
  return [...declared, ...identifiersBeside(declared, channels)];
};

/** What an event has, by name: `from: trusted` says who may say it, any other `from` is a property. */
export const propertiesOf = (event: WrittenEvent = {}): ReadonlyMap<string, WrittenType> =>
  new Map(Object.entries(event).flatMap(([name, type]) => (type === TRUSTED ? [] : [[name, type] as const])));

const buildEvent = (name: string, event: WrittenEvent): EventDeclaration => {
  const written = [...propertiesOf(event)];
  const texts = written.flatMap(([property, type]): [string, TextBound][] => {
    const text = textOf(type);
    return text === undefined ? [] : [[property, text]];
  });
  return {
    name,
    ...(event.from === TRUSTED ? { from: TRUSTED } : {}),
    properties: Object.fromEntries(written.map(([property, type]) => [property, typeOf(type)])),
    ...(texts.length === 0 ? {} : { texts: Object.fromEntries(texts) }),
  };
};

/** What rules may do with it. To them an address is a text. */
export const typeOf = (written: WrittenType): FieldType => {
  const type = typeof written === "string" ? written : written.type;
  return type === "url" ? "string" : type;
};

const textOf = (written: WrittenType): TextBound | undefined => {
  const { type, maxLength } = typeof written === "string" ? { type: written } : written;
  if (type !== "url" && maxLength === undefined) return undefined;
  return {
    ...(type === "url" ? { url: true as const } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
};

const defaultType = (kind: ComputedTrait["kind"], property: WrittenType): WrittenType => {
  if (kind === "count" || kind === "sum" || kind === "distinct") return "number";
  return property;
};
