import type { Json } from "#kernel/json.ts";
import { isPending } from "../contact-policy/pending-topics.ts";
import { readComputed } from "../customer/computed/traits.ts";
import { customerView } from "../customer/view.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { ContactPolicy } from "../playbook/model/contact-policy.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { Consent } from "../records/permission.ts";
import { shownEntries } from "./consent.ts";

const byKey = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

const shownConsent = (entry: Consent, policy: ContactPolicy) => {
  const { channel, topic, status, kind, at, source, text, expiresAt, messageId, standing } = entry;
  return {
    channel,
    topic,
    status: isPending(entry, policy) ? ("pending" as const) : status,
    kind,
    at,
    source,
    ...(text === undefined ? {} : { text }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(standing === undefined ? {} : { standing }),
  };
};

const consentOrder = (a: Consent, b: Consent): number =>
  `${a.channel}|${a.topic}` < `${b.channel}|${b.topic}` ? -1 : 1;

const identifierOrder = (a: { type: string; value: string }, b: { type: string; value: string }): number =>
  `${a.type}:${a.value}` < `${b.type}:${b.value}` ? -1 : 1;

/** The contract's profile of a customer at `nowMs` (milliseconds). Lists and members are sorted: the same facts, the same text. */
export const profileAnswer = (
  { state, consent }: CustomerRecord,
  playbook: CompiledPlaybook,
  nowMs: number,
) => {
  const traits = Object.entries(state.traits).flatMap(([name, { value }]): [string, Json][] =>
    value === null ? [] : [[name, value]],
  );
  const computed = playbook.computed.map((trait) => [trait.name, readComputed(state, trait, nowMs)] as const);
  const view = customerView(state, playbook, nowMs);
  return {
    customerId: state.customerId,
    identifiers: state.identifiers.map(({ type, value }) => ({ type, value })).sort(identifierOrder),
    contested: state.contested.map(({ type, value }) => ({ type, value })),
    unproven: (state.unproven ?? []).map(({ type, value }) => ({ type, value })).sort(identifierOrder),
    traits: byKey(traits),
    computed: byKey(computed.map(([name, { value }]) => [name, value])),
    computedSince: byKey(
      computed.flatMap(([name, { since }]): [string, string][] =>
        since === undefined ? [] : [[name, since]],
      ),
    ),
    approximate: computed.flatMap(([name, { approximate }]) => (approximate ? [name] : [])).sort(),
    segments: playbook.segments.flatMap(({ name }) => (view[name] === true ? [name] : [])).sort(),
    consent: shownEntries(consent)
      .toSorted(consentOrder)
      .map((entry) => shownConsent(entry, playbook.document.contactPolicy)),
    addresses: state.addresses.map(({ channel, value, status }) => ({ channel, value, status })),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    version: state.version,
  };
};
