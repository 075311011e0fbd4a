import { decide } from "../decision/decide.ts";
import { toLogRecord } from "../decision-log/record.ts";
import type { LogRecord } from "../decision-log/types.ts";
import { hashId } from "../hash.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { newRecord, newState } from "../profile/state.ts";
import type { Consent, CustomerRecord, JsonObject } from "../profile/types.ts";

/** Somebody made up, or a real profile without a name: what a simulation can ask about without any log. */
export type ProfileToTry = {
  readonly traits?: JsonObject;
  readonly segments?: readonly string[];
  /** Channels on which they can be reached; default: all that the playbook sends on. */
  readonly channels?: readonly string[];
  /** Default: granted, express, everywhere. */
  readonly consent?: readonly Pick<Consent, "channel" | "topic" | "status" | "kind">[];
  readonly context?: JsonObject;
  readonly event?: { readonly name: string; readonly properties: JsonObject };
};

const EPOCH = "1970-01-01T00:00:00.000Z";

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
    segments: Object.fromEntries((profile.segments ?? []).map((name) => [name, at])),
    addresses: channels.map((channel) => ({ channel, value: `${id}.${channel}`, status: "active", at })),
  });
  const entries = consent.map((entry) => ({ ...entry, at: EPOCH, source: "simulation" }));
  return {
    ...record,
    consent: {
      entries: Object.fromEntries(entries.map((entry) => [`${entry.channel}|${entry.topic}`, entry])),
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
  const { context, event } = profile;
  const { decision, basis } = decide({
    playbook: live,
    record: customerOf(profile, live, id, at),
    placement: asked.placement,
    mode: asked.placement.startsWith("trigger.") ? "message" : "answer",
    decisionId: hashId("dec", asked.simulationId, String(asked.index), asked.placement),
    now: asked.now,
    ...(context === undefined ? {} : { context }),
    ...(event === undefined ? {} : { event: { ...event, at } }),
  });
  if (basis === undefined) throw new TypeError("a decision among candidates says what it was made of");
  return toLogRecord(decision, basis);
};
