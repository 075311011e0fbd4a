import { RULES_BUDGET } from "#domain/playbook/compile/rules.ts";
import {
  type CompiledExpression,
  type ContextType,
  DATE_TIME,
  type Environment,
  type FeelContext,
  FeelLimitError,
  type FeelValue,
  fromJson,
  newContext,
} from "#feel/index.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerState } from "../records/customer.ts";
import { readComputed } from "./computed/traits.ts";
import { newState } from "./state.ts";

/** An event as rules read it: its properties directly and under `properties`, its name and time. */
export type EventFacts = { readonly name: string; readonly at: string; readonly properties: JsonObject };

const feelTime = (iso: string): FeelValue => fromJson(iso, DATE_TIME);

export const feelNow = (nowMs: number): FeelValue => feelTime(new Date(nowMs).toISOString());

export const feelBrand = ({ document: { brand } }: CompiledPlaybook): FeelContext => {
  const context = newContext();
  for (const [name, value] of Object.entries(brand.extra)) context[name] = fromJson(value);
  context.name = brand.name;
  context.locale = brand.locale;
  context.website = brand.website;
  return context;
};

/** `event` as rules see it; declared properties have their declared types. */
export const eventView = (event: EventFacts, playbook: CompiledPlaybook): FeelContext => {
  const declared = playbook.eventTypes.get(event.name);
  const typeOf = (name: string) =>
    declared !== undefined && Object.hasOwn(declared.entries, name) ? declared.entries[name] : undefined;
  const properties = newContext();
  const context = newContext();
  for (const [name, value] of Object.entries(event.properties)) {
    properties[name] = fromJson(value, typeOf(name));
    context[name] = properties[name];
  }
  context.name = event.name;
  context.at = feelTime(event.at);
  context.properties = properties;
  return context;
};

const typeIn = (type: ContextType, name: string) =>
  Object.hasOwn(type.entries, name) ? type.entries[name] : undefined;

const EMPTY = newState("", "");

/** Traits and computed traits, without segments: what segments' conditions may read. */
const factsView = (
  state: CustomerState,
  playbook: CompiledPlaybook,
  nowMs: number,
): Record<string, FeelValue> => {
  const context = newContext();
  for (const { name, type: _, default: value } of playbook.document.dataModel.traits) {
    if (value !== undefined) context[name] = fromJson(value, typeIn(playbook.customerType, name));
  }
  for (const [name, { value }] of Object.entries(state.traits)) {
    if (value !== null) context[name] = fromJson(value, typeIn(playbook.customerType, name));
  }
  for (const trait of playbook.computed) {
    const { value } = readComputed(state, trait, nowMs);
    context[trait.name] = fromJson(value, typeIn(playbook.customerType, trait.name));
  }
  return context;
};

/** Whether a rule is true. One that exceeds its limits counts as false, so that it does not hold up the customer's events. */
export const holds = (
  rule: CompiledExpression,
  scope: Readonly<Record<string, FeelValue>>,
  environment: Environment,
): boolean => {
  try {
    return rule.evaluate(scope, environment) === true;
  } catch (error) {
    if (error instanceof FeelLimitError) return false;
    throw error;
  }
};

/** A fresh environment for all rules that one event or one decision evaluates. */
export const environmentAt = (playbook: CompiledPlaybook, nowMs: number): Environment => ({
  now: nowMs,
  zone: playbook.document.brand.timeZone,
  budget: { allowed: RULES_BUDGET, used: 0 },
});

/** `customer.conversation`; of somebody who never had one, it is not open. */
const conversationView = ({ conversation }: CustomerState): FeelContext => {
  const context = newContext();
  context.open = conversation?.open ?? false;
  context.handler = conversation?.handler ?? null;
  context.channel = conversation?.channel ?? null;
  context.topic = conversation?.topic ?? null;
  context.waitingSince =
    conversation?.waitingSince === undefined ? null : feelTime(conversation.waitingSince);
  context.lastRating = conversation?.lastRating === undefined ? null : fromJson(conversation.lastRating);
  return context;
};

/**
 * What segments' conditions, and the days of triggers, may name. `at`: the scope at a moment (milliseconds); of one customer,
 * where only the computed traits `moving` differ from moment to moment.
 */
export const factsInTime = (
  state: CustomerState,
  playbook: CompiledPlaybook,
  moving: readonly string[],
): { readonly at: (ms: number) => Readonly<Record<string, FeelValue>> } => {
  const traits = playbook.computed.filter(({ name }) => moving.includes(name));
  const brand = feelBrand(playbook);
  let facts: Record<string, FeelValue> | undefined;
  return {
    at: (ms) => {
      facts ??= ownFacts(state, playbook, ms);
      const customer = traits.length === 0 ? facts : Object.assign(newContext(), facts);
      for (const trait of traits) {
        const { value } = readComputed(state, trait, ms);
        customer[trait.name] = fromJson(value, typeIn(playbook.customerType, trait.name));
      }
      return { customer, brand, now: feelNow(ms) };
    },
  };
};

/** With segments by name (true or false). */
const withSegments = (
  context: Record<string, FeelValue>,
  playbook: CompiledPlaybook,
  nowMs: number,
): FeelContext => {
  if (playbook.segments.length === 0) return context;
  const scope = { customer: { ...context }, brand: feelBrand(playbook), now: feelNow(nowMs) };
  const environment = environmentAt(playbook, nowMs);
  for (const { name, test } of playbook.segments) context[name] = holds(test, scope, environment);
  return context;
};

/**
 * `customer` as rules and templates see it at `nowMs` (milliseconds): traits, computed traits, segments by name
 * (true or false), `customerId`, `createdAt`. Its static type is `playbook.customerType`.
 */
export const customerView = (
  state: CustomerState,
  playbook: CompiledPlaybook,
  nowMs: number,
): FeelContext => {
  return withSegments(ownFacts(state, playbook, nowMs), playbook, nowMs);
};

const ownFacts = (state: CustomerState, playbook: CompiledPlaybook, nowMs: number) => {
  const context = factsView(state, playbook, nowMs);
  context.customerId = state.customerId;
  context.createdAt = feelTime(state.createdAt);
  context.conversation = conversationView(state);
  return context;
};

/**
 * `customer` of somebody nobody knows, at `nowMs` (milliseconds): as one of whom nothing was said and who did nothing, with
 * the defaults of traits, counts of nought, and segments by name. Without `customerId` and `createdAt`: there is none.
 */
export const emptyView = (playbook: CompiledPlaybook, nowMs: number): FeelContext => {
  const context = factsView(EMPTY, playbook, nowMs);
  context.conversation = conversationView(EMPTY);
  return withSegments(context, playbook, nowMs);
};
