import type { Json, JsonObject } from "#kernel/json.ts";
import { whereaboutsOf } from "../contact-policy/whereabouts.ts";
import { membersWithoutPersonal, type Personal, personalOf, withoutPersonal } from "../customer/personal.ts";
import { MASKED } from "../customer/personal-text.ts";
import type { DecideInput, DecisionBasis } from "../decision/input/input.ts";
import { preferredChannelOf } from "../decision/prepared/preference.ts";
import { oldestId } from "../experiment/assignment.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { personalComputed } from "../playbook/model/personal-names.ts";
import type { Accumulator, Address, ComputedState, CustomerRecord } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";
import type { ContactHistory } from "../records/permission.ts";
import { readMembers, readProperties, readsOf } from "./read-paths.ts";
import type { LoggedRequest, LoggedState, LogRecord } from "./types.ts";

/** Traits that deciding itself reads, declared or not, beside that of the preferred channel. */
const READ_BY_DECIDING = ["timezone", "timeZone", "locale"];

/** The record of a decision for the log, without anything personal. */
export const toLogRecord = (decision: Decision, basis: DecisionBasis): LogRecord => {
  const { input, draws, propensities } = basis;
  const { ref: _, ...rest } = decision;
  const mask = maskFor(personalOf(input.playbook, input.record?.state ?? null, input.ref));
  const request = requestOf(decision, basis, mask);
  const state = input.record === null ? null : stateOf(input.record, basis, mask);
  return {
    v: 1,
    decisionId: decision.decisionId,
    customerId: decision.customerId,
    now: input.now,
    request,
    state,
    ...(mask.masked.size === 0 ? {} : { masked: [...mask.masked].sort() }),
    draws,
    ...(propensities === undefined ? {} : { propensities }),
    decision: rest,
  };
};

/** A record of a decision whose full record may have been lost: what was decided, without the state it was decided on. */
export const toRecoveredRecord = ({ ref: _, ...decision }: Decision): LogRecord => ({
  v: 1,
  recovered: true,
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  now: Date.parse(decision.at),
  request: { mode: "message" },
  state: null,
  draws: [],
  decision,
});

/** Replaces personal values, and notes their paths. */
type Mask = {
  readonly members: (members: JsonObject, path: string) => JsonObject;
  readonly value: (value: Json, path: string) => Json;
  readonly text: (text: string) => string;
  readonly masked: Set<string>;
};

const maskFor = (personal: Personal): Mask => {
  const masked = new Set<string>();
  return {
    members: (members, path) => membersWithoutPersonal(members, personal, path, masked),
    value: (value, path) => withoutPersonal(value, personal, path, masked),
    text: personal.maskText,
    masked,
  };
};

const requestOf = (decision: Decision, { input, order }: DecisionBasis, mask: Mask): LoggedRequest => ({
  mode: input.mode,
  ...(input.channel === undefined ? {} : { channel: input.channel }),
  ...(order === undefined ? seenByRules(input, mask) : {}),
  ...(input.trigger === undefined ? {} : { trigger: input.trigger }),
  ...(input.eventId === undefined ? {} : { eventId: input.eventId }),
  ...(input.anewOf === undefined ? {} : { anewOf: input.anewOf }),
  ...(input.depth === undefined ? {} : { depth: input.depth }),
  ...(input.limit === undefined ? {} : { limit: input.limit }),
  ...(input.skipsQuiet === true ? { skipsQuiet: true } : {}),
  ...(input.notBefore === undefined ? {} : { notBefore: input.notBefore }),
  ...(input.conversationId === undefined ? {} : { conversationId: input.conversationId }),
  ...(input.learntAt === undefined ? {} : { learntAt: input.learntAt }),
  ...(input.evidence === undefined ? {} : { evidence: evidenceFor(decision, input.evidence) }),
  ...(input.taken === undefined ? {} : { taken: input.taken }),
  ...(input.unavailable === undefined ? {} : { unavailable: Object.fromEntries(input.unavailable) }),
  ...(order === undefined ? {} : { order }),
  whereabouts: input.whereabouts ?? whereaboutsIn(input),
});

/**
 * The parts of event, data and context that rules can read. Anything else that callers pass does not affect the decision
 * and stays out of the log, such as the data of a message that an application names (a one-time code).
 */
const seenByRules = (
  { playbook, context, data, event }: DecideInput,
  mask: Mask,
): Pick<LoggedRequest, "context" | "data" | "event"> => {
  const reads = readsOf(playbook);
  const declared = event === undefined ? {} : (playbook.eventTypes.get(event.name)?.entries ?? {});
  return {
    ...(context && { context: mask.members(readMembers(context, reads.context), "context") }),
    ...(data && { data: mask.members(readMembers(data, reads.data), "data") }),
    ...(event && {
      event: {
        ...event,
        properties: mask.members(readProperties(event.properties, reads.event, declared), "event"),
      },
    }),
  };
};

/** Evidence of the actions that were considered: exploring used no other. */
const evidenceFor = (
  { actions, rejected }: Decision,
  evidence: NonNullable<DecideInput["evidence"]>,
): NonNullable<DecideInput["evidence"]> => {
  const considered = new Set([...actions, ...rejected].map(({ action }) => action));
  return Object.fromEntries(Object.entries(evidence).filter(([action]) => considered.has(action)));
};

/** Where the customer may be, by their phone numbers, which the log does not hold. */
const whereaboutsIn = ({
  playbook,
  record,
  context,
}: DecideInput): NonNullable<LoggedRequest["whereabouts"]> => {
  const { brand, contactPolicy } = playbook.document;
  const { regions } = contactPolicy;
  const place = whereaboutsOf({ record, regions, ...(context && { context }) }, brand.timeZone);
  return { zones: place.zones, regions: place.regions.map(({ name }) => name) };
};

/** The state as rules saw it; for a named message only what contact policy reads, because no rule was evaluated. */
const stateOf = (record: CustomerRecord, { input, order }: DecisionBasis, mask: Mask): LoggedState => {
  const { state, contact, consent } = record;
  const byRules = order === undefined;
  return {
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    traits: mask.members(visibleTraits(record, input.playbook, byRules), "customer"),
    computed: byRules ? visibleComputed(record, input.playbook, mask) : {},
    ...(state.counting === undefined || !byRules ? {} : { counting: state.counting }),
    segments: Object.keys(state.segments).sort(),
    addresses: state.addresses.map(({ channel, status, value }) => ({
      channel,
      status: status === "active" && input.isSuppressed?.(channel, value) === true ? "bounced" : status,
    })),
    ...(oldestId(state) === state.customerId ? {} : { oldestId: oldestId(state) }),
    ...(state.responses === undefined ? {} : { responses: state.responses }),
    ...(state.conversation === undefined ? {} : { conversation: state.conversation }),
    ...(state.wroteAt === undefined ? {} : { wroteAt: state.wroteAt }),
    ...(state.holding === undefined ? {} : { holding: state.holding }),
    ...(state.hours === undefined || !byRules ? {} : { hours: state.hours }),
    contact: withoutAddresses(contact, state.addresses),
    consent: Object.values(consent.entries).map(
      ({ source, text: _, messageId: __, channel, topic, ...entry }) => ({
        channel: mask.text(channel),
        topic: mask.text(topic),
        ...entry,
        ...(namedSources(input.playbook).includes(source) ? { source } : {}),
      }),
    ),
  };
};

/** Contact history with addresses by their place in the list, which says nothing about anybody. */
const withoutAddresses = (contact: ContactHistory, addresses: readonly Address[]): ContactHistory => {
  if (contact.refusals === undefined) return contact;
  const refusals = contact.refusals.flatMap((refusal) => {
    const index = addresses.findIndex(
      ({ channel, value }) => channel === refusal.channel && value === refusal.address,
    );
    return index === -1 ? [] : [{ ...refusal, address: String(index) }];
  });
  return { ...contact, refusals };
};

/** Sources of consent that a period of the playbook names; others do not affect a decision. */
const namedSources = ({ document }: CompiledPlaybook): readonly string[] =>
  (document.contactPolicy.consentExpiry ?? []).flatMap(({ source }) => source ?? []);

const visibleTraits = (
  { state }: CustomerRecord,
  playbook: CompiledPlaybook,
  byRules: boolean,
): JsonObject => {
  const declared = byRules ? playbook.document.dataModel.traits.map(({ name }) => name) : [];
  const names = new Set([...declared, ...READ_BY_DECIDING, preferredChannelOf(playbook).trait]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = Object.hasOwn(state.traits, name) ? state.traits[name]?.value : undefined;
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
};

/** Distinct counts of personal values are left out, because they need hashes of the values; other values are masked. */
const visibleComputed = (
  { state }: CustomerRecord,
  playbook: CompiledPlaybook,
  mask: Mask,
): LoggedState["computed"] => {
  const personal = personalComputed(playbook.document.dataModel);
  return Object.fromEntries(
    playbook.computed.flatMap(({ name }): [string, ComputedState][] => {
      const computed = Object.hasOwn(state.computed, name) ? state.computed[name] : undefined;
      if (computed === undefined) return [];
      const path = `customer.${name}`;
      if (personal.has(name)) mask.masked.add(path);
      if (personal.get(name) === "a count") return [];
      const shown = (value: Json): Json =>
        personal.has(name) && value !== null ? MASKED : mask.value(value, path);
      return [[name, withValues(computed, shown)]];
    }),
  );
};

/** Values are what `first`, `last`, `min` and `max` keep; the rest are counts and hashes. */
const withValues = (computed: ComputedState, shown: (value: Json) => Json): ComputedState => {
  const each = (kept: Accumulator): Accumulator =>
    kept.value === undefined ? kept : { ...kept, value: shown(kept.value) };
  return {
    ...computed,
    ...(computed.all && { all: each(computed.all) }),
    ...(computed.buckets && {
      buckets: Object.fromEntries(
        Object.entries(computed.buckets).map(([bucket, kept]) => [bucket, each(kept)]),
      ),
    }),
  };
};
