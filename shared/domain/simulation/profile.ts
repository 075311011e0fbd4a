import { hashId } from "#kernel/hash.ts";
import type { Json, JsonObject } from "#kernel/json.ts";
import { consentKey } from "../contact-policy/consent.ts";
import { KINDS } from "../customer/computed/kinds.ts";
import { fingerprints } from "../customer/computed/traits.ts";
import { bucketOf } from "../customer/computed/windows.ts";
import { newRecord, newState } from "../customer/state.ts";
import { customerView } from "../customer/view.ts";
import { decide } from "../decision/decide.ts";
import { isSlot } from "../decision/prepared/slots.ts";
import { toLogRecord } from "../decision-log/record.ts";
import type { LogRecord } from "../decision-log/types.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { ComputedKind } from "../playbook/model/data-model.ts";
import type { Accumulator, ComputedState, CustomerRecord, CustomerState } from "../records/customer.ts";
import type { Consent } from "../records/permission.ts";

/** An invented profile, or a real one without personal data, with which a version can be tried without a log. */
export type ProfileToTry = {
  readonly traits?: JsonObject;
  /** Values of computed traits that count all events or those of a window that ends now; `distinct` takes a list. */
  readonly computed?: JsonObject;
  /** What reports group by; rules evaluate their own. Default: those whose condition holds. */
  readonly segments?: readonly string[];
  /** Channels on which they can be reached; default: all that the playbook sends on. */
  readonly channels?: readonly string[];
  /** Default: granted, express, everywhere. `pending`: said by a public key, and not confirmed. */
  readonly consent?: readonly (Pick<Consent, "channel" | "topic" | "kind"> & {
    readonly status: Consent["status"] | "pending";
  })[];
  readonly context?: JsonObject;
  readonly event?: { readonly name: string; readonly properties: JsonObject };
};

const EPOCH = "1970-01-01T00:00:00.000Z";

/** What a computed trait keeps, as if one event of this moment had brought the value. */
const accumulated = (kind: ComputedKind, value: Json, at: string): Accumulator => {
  switch (kind) {
    case "count":
      return { n: typeof value === "number" ? value : 0 };
    case "sum":
      return KINDS.sum.of(value, { at, id: "" }) ?? {};
    case "distinct":
      return [value]
        .flat()
        .reduce<Accumulator>(
          (kept, one) => KINDS.distinct.merge(kept, KINDS.distinct.of(one, { at, id: "" }) ?? { values: [] }),
          { values: [] },
        );
    default:
      return { value, at, by: "" };
  }
};

const computedOf = (
  values: JsonObject,
  playbook: CompiledPlaybook,
  at: string,
): CustomerState["computed"] => {
  const marks = fingerprints(playbook);
  return Object.fromEntries(
    playbook.computed.flatMap(({ name, kind, windowMs }): [string, ComputedState][] => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined || value === null) return [];
      const kept = accumulated(kind, value, at);
      const of = marks.get(name) ?? "";
      if (windowMs === undefined) return [[name, { of, all: kept }]];
      return [[name, { of, buckets: { [bucketOf(windowMs, at)]: kept } }]];
    }),
  );
};

const customerOf = (
  profile: ProfileToTry,
  playbook: CompiledPlaybook,
  id: string,
  at: string,
): CustomerRecord => {
  const channels = profile.channels ?? Object.keys(playbook.document.brand.providers);
  const consent = profile.consent ?? [
    ...channels.map((channel) => ({ channel, topic: "*", status: "granted", kind: "express" }) as const),
  ];
  const record = newRecord({
    ...newState(id, at),
    version: 1,
    traits: Object.fromEntries(
      Object.entries(profile.traits ?? {}).map(([name, value]) => [name, { value, at, by: "" }]),
    ),
    computed: computedOf(profile.computed ?? {}, playbook, at),
    addresses: channels.map((channel) => ({ channel, value: `${id}.${channel}`, status: "active", at })),
  });
  const view = profile.segments === undefined ? customerView(record.state, playbook, Date.parse(at)) : {};
  const segments =
    profile.segments ?? playbook.segments.map(({ name }) => name).filter((name) => view[name] === true);
  const entries = consent.map(
    ({ status, ...entry }): Consent => ({
      ...entry,
      ...(status === "pending" ? { status: "granted", standing: "public" } : { status }),
      at: EPOCH,
      source: "simulation",
    }),
  );
  return {
    ...record,
    state: { ...record.state, segments: Object.fromEntries(segments.map((name) => [name, at])) },
    consent: {
      entries: Object.fromEntries(entries.map((entry) => [consentKey(entry), entry])),
    },
  };
};

/**
 * What the live version would decide for a profile now, as a record to replay. The same profile of the same simulation
 * draws the same numbers.
 * @param now milliseconds since the epoch
 */
export const recordOfProfile = (
  profile: ProfileToTry,
  live: CompiledPlaybook,
  asked: {
    readonly simulationId: string;
    readonly index: number;
    readonly placement: string;
    readonly now: number;
  },
): LogRecord => {
  const id = hashId("cus", asked.simulationId, String(asked.index));
  const at = new Date(asked.now).toISOString();
  const { decision, basis } = decide({
    playbook: live,
    record: customerOf(profile, live, id, at),
    placement: asked.placement,
    mode: isSlot(live, asked.placement) ? "answer" : "message",
    decisionId: hashId("dec", asked.simulationId, String(asked.index), asked.placement),
    now: asked.now,
    ...saidOf(profile, at),
  });
  const record = toLogRecord(decision, basis);
  return { ...record, request: { ...record.request, ...saidOf(profile, at) } };
};

/** Context and event as given: they are never stored, and the tried version may read more of them than the live one. */
const saidOf = (
  { context, event }: ProfileToTry,
  at: string,
): Pick<LogRecord["request"], "context" | "event"> => ({
  ...(context === undefined ? {} : { context }),
  ...(event === undefined ? {} : { event: { ...event, at } }),
});
