import { whereaboutsOf } from "../contact-policy/whereabouts.ts";
import type { DecideInput, DecisionBasis } from "../decision/input.ts";
import { preferredChannelOf } from "../decision/preference.ts";
import type { Decision } from "../decision/types.ts";
import { personalComputed } from "../playbook/personal-names.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { membersWithoutPersonal, type Personal, personalOf } from "../profile/personal.ts";
import { MASKED } from "../profile/personal-text.ts";
import type { CustomerRecord, JsonObject } from "../profile/types.ts";
import type { LoggedRequest, LoggedState, LogRecord } from "./types.ts";

/** Traits that deciding itself reads, declared or not, beside the one that names the customer's channel. */
const READ_BY_DECIDING = ["timezone", "timeZone", "locale"];

/** The record of a decision for the log: nothing in it names or reaches anybody. */
export const toLogRecord = (decision: Decision, basis: DecisionBasis): LogRecord => {
  const { input, draws, propensities } = basis;
  const { ref: _, ...rest } = decision;
  const personal = personalOf(input.playbook, input.record?.state ?? null, input.ref);
  return {
    v: 1,
    decisionId: decision.decisionId,
    customerId: decision.customerId,
    now: input.now,
    request: requestOf(decision, basis, personal),
    state: input.record === null ? null : stateOf(input.record, basis, personal),
    draws,
    ...(propensities === undefined ? {} : { propensities }),
    decision: rest,
  };
};

/** What is left to be said of a decision whose own record may have been lost: what was decided, not on what. */
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

const requestOf = (
  decision: Decision,
  { input, order }: DecisionBasis,
  personal: Personal,
): LoggedRequest => ({
  mode: input.mode,
  ...(input.channel === undefined ? {} : { channel: input.channel }),
  ...(input.context === undefined ? {} : { context: membersWithoutPersonal(input.context, personal) }),
  // What an application says in a message it names (a one-time code) is read by no rule, and is none of the log's.
  ...(input.data === undefined || order !== undefined
    ? {}
    : { data: membersWithoutPersonal(input.data, personal) }),
  ...(input.event === undefined
    ? {}
    : { event: { ...input.event, properties: membersWithoutPersonal(input.event.properties, personal) } }),
  ...(input.trigger === undefined ? {} : { trigger: input.trigger }),
  ...(input.eventId === undefined ? {} : { eventId: input.eventId }),
  ...(input.depth === undefined ? {} : { depth: input.depth }),
  ...(input.limit === undefined ? {} : { limit: input.limit }),
  ...(input.notBefore === undefined ? {} : { notBefore: input.notBefore }),
  ...(input.conversationId === undefined ? {} : { conversationId: input.conversationId }),
  ...(input.evidence === undefined ? {} : { evidence: evidenceFor(decision, input.evidence) }),
  ...(input.taken === undefined ? {} : { taken: input.taken }),
  ...(input.unavailable === undefined ? {} : { unavailable: Object.fromEntries(input.unavailable) }),
  ...(order === undefined ? {} : { order }),
  whereabouts: input.whereabouts ?? whereaboutsIn(input),
});

/** Of the actions that were considered: exploring asked about no others. */
const evidenceFor = (
  { actions, rejected }: Decision,
  evidence: NonNullable<DecideInput["evidence"]>,
): NonNullable<DecideInput["evidence"]> => {
  const considered = new Set([...actions, ...rejected].map(({ action }) => action));
  return Object.fromEntries(Object.entries(evidence).filter(([action]) => considered.has(action)));
};

/** Told by phone numbers, which the log has not. */
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

/** For a named message only what contact policy sees: no rule was asked, so no rule saw anything. */
const stateOf = (
  record: CustomerRecord,
  { input, order }: DecisionBasis,
  personal: Personal,
): LoggedState => {
  const { state, contact, consent } = record;
  const byRules = order === undefined;
  return {
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    traits: membersWithoutPersonal(visibleTraits(record, input.playbook, byRules), personal),
    computed: byRules ? visibleComputed(record, input.playbook) : {},
    ...(state.counting === undefined || !byRules ? {} : { counting: state.counting }),
    segments: Object.keys(state.segments).sort(),
    addresses: state.addresses.map(({ channel, status, value }) => ({
      channel,
      status: status === "active" && input.isSuppressed?.(channel, value) === true ? "bounced" : status,
    })),
    ...(state.responses === undefined ? {} : { responses: state.responses }),
    ...(state.hours === undefined || !byRules ? {} : { hours: state.hours }),
    contact,
    consent: Object.values(consent.entries).map(({ source, text: _, ...entry }) => ({
      ...entry,
      ...(namedSources(input.playbook).includes(source) ? { source } : {}),
    })),
  };
};

/** Sources of consent that a period of the playbook is about; all others say nothing to a decision. */
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

/** Without those that come of a personal property (`last` of an e-mail). */
const visibleComputed = ({ state }: CustomerRecord, playbook: CompiledPlaybook): LoggedState["computed"] => {
  const personal = personalComputed(playbook.document.dataModel);
  const kept = playbook.computed.filter(
    ({ name }) => Object.hasOwn(state.computed, name) && !personal.has(name),
  );
  return Object.fromEntries(
    kept.flatMap(({ name }) => {
      const computed = state.computed[name];
      return computed === undefined ? [] : [[name, computed]];
    }),
  );
};

/** The customer as the log knows them: what rules and policy see is there, the rest is empty. */
export const restoreRecord = ({ customerId, state }: LogRecord): CustomerRecord | null => {
  if (state === null || customerId === null) return null;
  const at = state.createdAt;
  return {
    state: {
      customerId,
      version: 1,
      createdAt: at,
      updatedAt: state.updatedAt,
      identifiers: [],
      contested: [],
      traits: Object.fromEntries(
        Object.entries(state.traits).map(([name, value]) => [name, { value, at, by: "" }]),
      ),
      computed: state.computed,
      ...(state.counting === undefined ? {} : { counting: state.counting }),
      segments: Object.fromEntries(state.segments.map((name) => [name, at])),
      addresses: state.addresses.map(({ channel, status }) => ({ channel, status, value: MASKED, at })),
      ...(state.responses === undefined ? {} : { responses: state.responses }),
      ...(state.hours === undefined ? {} : { hours: state.hours }),
      lastSeen: {},
      recent: [],
      pending: [],
      absorbed: [],
      unsent: {},
    },
    contact: state.contact,
    consent: {
      entries: Object.fromEntries(
        state.consent.map((entry) => [`${entry.channel}|${entry.topic}`, { source: "log", ...entry }]),
      ),
    },
  };
};
