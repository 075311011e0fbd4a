import { type CompiledExpression, FeelDateTime, formatTemporal, fromJson, toJson } from "#feel/index.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { Json, JsonObject } from "#kernel/json.ts";
import { readMoment } from "#kernel/moment.ts";
import { unusable } from "../identity/nobody.ts";
import { compilePattern } from "../playbook/compile/event-pattern.ts";
import type { CompiledSource } from "../playbook/model/compiled.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier } from "../records/identity.ts";

/** An event as EventBridge delivers it; `detail` is whatever the source says. */
export type Envelope = JsonObject & { readonly id: string; readonly source: string; readonly time: string };

/** An event with the time at which it came. */
type Arrived = { readonly envelope: Envelope; readonly receivedAt: string };

const asText = (value: Json | undefined): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};

const eventTime = (
  source: CompiledSource,
  scope: { envelope: ReturnType<typeof fromJson> },
  { envelope, receivedAt }: Arrived,
) => {
  const value = source.rules.at?.evaluate(scope) ?? null;
  const text = value instanceof FeelDateTime ? formatTemporal(value) : asText(toJson(value) as Json);
  const time = readMoment(text) ?? readMoment(envelope.time);
  return time === undefined ? receivedAt : new Date(time).toISOString();
};

const mapOne = (source: CompiledSource, envelope: Envelope, receivedAt: string): CollectedEvent => {
  const scope = { envelope: fromJson(envelope) };
  const read = (expression: CompiledExpression): Json => toJson(expression.evaluate(scope)) as Json;
  const found = new Map<string, string>();
  const { customer, properties, id: key } = source.rules;
  for (const [type, expression] of Object.entries(customer)) {
    const value = read(expression);
    const text = unusable(value) === null ? asText(value) : undefined;
    if (text !== undefined) found.set(type, text);
  }
  if (found.size === 0) {
    throw new RapportError("invalid_request", `source ${source.name}: the event names no customer`, {
      errors: Object.keys(customer).map((type) => ({
        path: `customer.${type}`,
        expected: "an identifier",
        got: "nothing",
      })),
    });
  }
  const userId = found.get("userId");
  const anonymousId = found.get("anonymousId");
  const identifiers: Identifier[] = [...found]
    .filter(([type]) => type !== "userId" && type !== "anonymousId")
    .map(([type, value]) => ({ type, value }));
  const id = key === null ? undefined : asText(read(key));
  return {
    id: hashId("evt", "source", source.name, id ?? envelope.id),
    type: "track",
    name: source.event,
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, expression]) => [name, read(expression)]),
    ),
    at: eventTime(source, scope, { envelope, receivedAt }),
    receivedAt,
    source: source.name,
    imported: false,
    depth: 0,
    standing: "trusted",
  };
};

const matchers = new WeakMap<CompiledSource, ReturnType<typeof compilePattern>>();

/** Compiled here on first use, because functions that compile a playbook in order to decide need no patterns. */
const matcherOf = (source: CompiledSource): ReturnType<typeof compilePattern> => {
  const matcher = matchers.get(source) ?? compilePattern(source.match);
  matchers.set(source, matcher);
  return matcher;
};

/**
 * The events that one cloud event stands for: one for each source that matches, none when no source does.
 * Throws `invalid_request` where a source matches but names no customer.
 */
export const mapEnvelope = (
  sources: readonly CompiledSource[],
  envelope: Envelope,
  receivedAt: string,
): CollectedEvent[] =>
  sources
    .filter((source) => matcherOf(source)(envelope))
    .map((source) => mapOne(source, envelope, receivedAt));
