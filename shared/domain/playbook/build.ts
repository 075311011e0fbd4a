import type { JsonObject } from "../profile/types.ts";
import { durationMs } from "./duration.ts";
import { buildLearning } from "./learning.ts";
import { DEFAULT_IDENTIFIERS } from "./read/defaults.ts";
import type { ActionFile } from "./schema/action-file.ts";
import type { Parsed, PlaybookSources } from "./sources.ts";
import type {
  Action,
  Brand,
  ComputedTrait,
  ContactPolicy,
  DataModel,
  LocalizedTemplate,
  Placement,
  PlaybookDocument,
  Treatment,
  Trigger,
} from "./types.ts";

/** By event time: what is older than this does not trigger (invariant 9). */
const DEFAULT_MAX_AGE = "PT1H";
/** Trigger placements need no declaration: each has this name unless the trigger says otherwise. */
export const triggerPlacement = (trigger: string): string => `trigger.${trigger}`;

/** Makes the document of files that were read: defaults filled in, durations in milliseconds, lists out of maps. */
export const buildDocument = (sources: PlaybookSources): PlaybookDocument => {
  const triggers = buildTriggers(sources);
  return {
    name: sources.playbook.value.name,
    brand: buildBrand(sources),
    dataModel: buildDataModel(sources),
    contactPolicy: buildContactPolicy(sources),
    actions: sources.actions.map(buildAction),
    triggers,
    segments: Object.entries(sources.segments.value).map(([name, segment]) => ({
      name,
      condition: typeof segment === "string" ? segment : segment.condition,
    })),
    sources: Object.entries(sources.sources.value).map(([name, { description: _, ...source }]) =>
      withoutAbsent({ name, ...source, properties: source.properties ?? {} }),
    ),
    journeys: sources.journeys.map(({ value }) => value),
    decisions: sources.decisions.files,
    decisionFunctions: sources.decisions.functions,
    templates: buildTemplates(sources),
    placements: buildPlacements(sources, triggers),
    ...(sources.learning === null ? {} : { learning: buildLearning(sources.learning.value) }),
  };
};

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** Drops absent members: the document is stored as JSON, where `undefined` does not exist. */
const withoutAbsent = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<T>;

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;

const buildBrand = ({ playbook: { value } }: PlaybookSources): Brand => {
  const { extra, ...brand } = value.brand;
  const { email, sms } = value.channels;
  const routed = Object.entries(value.channels).flatMap(([channel, { provider }]) =>
    provider === undefined ? [] : [[channel, provider] as const],
  );
  return {
    ...brand,
    email: withoutAbsent({ from: email?.from ?? "", replyTo: email?.replyTo }),
    ...(sms?.from === undefined ? {} : { sms: { from: sms.from } }),
    channelPreference: routed.map(([channel]) => channel),
    providers: Object.fromEntries(routed),
    extra: extra ?? {},
  };
};

const buildDataModel = ({ dataModel: { value } }: PlaybookSources): DataModel => ({
  identifiers: value.identifiers
    ? Object.entries(value.identifiers).map(([type, identifier]) =>
        withoutAbsent({
          type,
          ...identifier,
          unique: identifier.unique ?? false,
          limit: identifier.limit ?? (identifier.unique ? 1 : 20),
          normalize: identifier.normalize ?? "none",
        }),
      )
    : DEFAULT_IDENTIFIERS,
  traits: Object.entries(value.traits ?? {}).map(([name, trait]) =>
    typeof trait === "string"
      ? { name, type: trait }
      : withoutAbsent({ name, type: trait.type, default: trait.default, personal: trait.personal }),
  ),
  computed: Object.entries(value.computed ?? {}).map(([name, computed]): ComputedTrait => {
    const { window, type, description: _, ...rest } = computed;
    const property = computed.property && value.events?.[computed.event]?.[computed.property];
    return withoutAbsent({
      name,
      ...rest,
      windowMs: window === undefined ? undefined : milliseconds(window),
      type: type ?? defaultType(computed.kind, property || "any"),
    });
  }),
  events: Object.entries(value.events ?? {}).map(([name, properties]) => ({ name, properties })),
});

const defaultType = (kind: ComputedTrait["kind"], property: ComputedTrait["type"]): ComputedTrait["type"] => {
  if (kind === "count" || kind === "sum" || kind === "distinct") return "number";
  return property;
};

const buildContactPolicy = ({ contactPolicy: { value } }: PlaybookSources): ContactPolicy => ({
  categories: Object.entries(value.categories).map(([name, category]) => ({
    name,
    consent: category.consent,
    transactional: category.transactional ?? false,
  })),
  quietHours: (value.quietHours ?? []).map((quiet) => ({
    from: quiet.from,
    to: quiet.to,
    channels: quiet.channels ?? [],
    categories: quiet.categories ?? [],
  })),
  caps: (value.caps ?? []).map((cap) => ({
    name: cap.name,
    max: cap.max,
    windowMs: milliseconds(cap.window),
    channels: cap.channels ?? [],
    categories: cap.categories ?? [],
    actions: cap.actions ?? [],
  })),
  coolDowns: (value.coolDowns ?? []).map((coolDown) => ({
    outcome: coolDown.outcome,
    forMs: milliseconds(coolDown.for),
    actions: coolDown.actions ?? [],
  })),
  holdout: value.holdout ?? 0,
});

/** `actions/welcome.yaml` is the action `welcome` unless it says otherwise. */
export const actionName = ({ file, value }: Parsed<ActionFile>): string =>
  value.name ?? file.path.replace(/^actions\//, "").replace(/\.yaml$/, "");

const buildAction = (source: Parsed<ActionFile>): Action => {
  const { value } = source;
  const name = actionName(source);
  return withoutAbsent({
    name,
    category: value.category,
    group: value.group,
    placements: value.placements,
    activeFrom: value.activeFrom,
    activeTo: value.activeTo,
    eligible: typeof value.eligible === "string" ? [value.eligible] : (value.eligible ?? []),
    value: value.value ?? 1,
    valueToCustomer: value.valueToCustomer ?? 1,
    propensity: value.propensity,
    contextWeight: value.contextWeight,
    lever: value.lever ?? 1,
    treatments: value.treatments.map((treatment) => buildTreatment(name, treatment)),
    extra: value.extra ?? {},
    file: source.file.path,
  });
};

const buildTreatment = (action: string, treatment: ActionFile["treatments"][number]): Treatment => {
  const name = treatment.name ?? treatment.template ?? action;
  const content: { content?: JsonObject; template?: string } = treatment.content
    ? { content: treatment.content }
    : { template: treatment.template ?? name };
  return { name, channel: treatment.channel, weight: treatment.weight ?? 1, ...content };
};

const buildTriggers = ({ triggers }: PlaybookSources): readonly Trigger[] =>
  Object.entries(triggers.value).map(([name, trigger]) =>
    withoutAbsent({
      name,
      on: trigger.on,
      if: trigger.if,
      afterMs: trigger.after === undefined ? undefined : milliseconds(trigger.after),
      unless: typeof trigger.unless === "string" ? [trigger.unless] : (trigger.unless ?? []),
      maxAgeMs: milliseconds(trigger.maxAge ?? DEFAULT_MAX_AGE),
      placement: trigger.placement ?? triggerPlacement(name),
    }),
  );

const buildTemplates = ({ templates, playbook }: PlaybookSources): PlaybookDocument["templates"] => {
  const built: Record<string, LocalizedTemplate> = {};
  for (const { template, channel, locale, content } of templates) {
    const key = `${template}/${channel}`;
    const at = locale ?? playbook.value.brand.locale;
    // Parts of one mail in several files (email.mjml, email.txt) come together here; the HTML's subject wins.
    const merged = { ...content, ...built[key]?.[at] };
    built[key] = {
      ...built[key],
      [at]: content.html === undefined ? merged : { ...built[key]?.[at], ...content },
    };
  }
  return built;
};

const buildPlacements = (
  { playbook }: PlaybookSources,
  triggers: readonly Trigger[],
): readonly Placement[] => {
  const declared = Object.entries(playbook.value.placements ?? {}).map(([name, placement]) => ({
    name,
    limit: placement.limit ?? 1,
    channels: placement.channels ?? [],
  }));
  const names = new Set(declared.map(({ name }) => name));
  const implied = triggers
    .filter(({ name, placement }) => placement === triggerPlacement(name) && !names.has(placement))
    .map(({ placement }) => ({ name: placement, limit: 1, channels: [] }));
  return [...declared, ...implied];
};
