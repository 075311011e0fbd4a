import { normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { profileAnswer } from "#domain/profile/answer.ts";
import { consentNames } from "#domain/profile/consent-event.ts";
import { maskRecord } from "#domain/profile/masking.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import { isMasked } from "#runtime/http/masked.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { tellConsent } from "#usecases/record/change-consent.ts";
import type { operations } from "./operations.ts";

export type ProfileDependencies = {
  readonly customers: Pick<CustomerStore, "find" | "putConsent">;
  readonly history: Pick<HistoryStore, "timeline">;
  readonly inbox: Inbox;
  readonly playbook: () => Promise<CompiledPlaybook>;
  readonly clock: Clock;
};

type Calls = typeof operations;

/** What does not decode was not encoded. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** HTTP APIs hand over what they decoded (as the local cloud does); a reference that is encoded still is understood too. */
const find = async (
  { customers }: ProfileDependencies,
  given: string,
  playbook: CompiledPlaybook,
): Promise<CustomerRecord> => {
  for (const text of new Set([given, decoded(given)])) {
    const ref = normalizeRef(text, playbook);
    const record = ref === null ? null : await customers.find(ref);
    if (record !== null) return record;
  }
  throw new RapportError("not_found", "there is no such customer");
};

/** @param isMasked whether it is for somebody who does not see addresses */
const showProfile = async (
  deps: ProfileDependencies,
  ref: string | undefined,
  isMasked: boolean,
): Promise<Answer<Calls["showProfile"]>> => {
  if (ref === undefined || ref === "") throw wrongField("ref", "customerId or type:value", "nothing");
  const playbook = await deps.playbook();
  const found = await find(deps, ref, playbook);
  const record = isMasked ? maskRecord(found, playbook) : found;
  return { status: 200, json: profileAnswer(record, playbook, deps.clock.now()) };
};

/** The same with every address, for somebody who says in the audit log that they look. */
const reveal = async (deps: ProfileDependencies, ref: string): Promise<Answer<Calls["revealProfile"]>> => {
  const { json } = await showProfile(deps, ref, false);
  return { status: 200, json, changed: { target: json.customerId } };
};

/** The name as the playbook writes it, or all of them. */
const nameIn = (path: string, given: string, known: readonly string[]): string => {
  const meant = given.trim().toLowerCase();
  const name = meant === "*" ? "*" : known.find((one) => one.toLowerCase() === meant);
  if (name === undefined) throw wrongField(path, expectedOneOf(given, ["*", ...known]), "another name");
  return name;
};

/** What a customer told somebody of the company holds at once, as if they had said it by a link. */
const tell = async (
  deps: ProfileDependencies,
  { params, body, caller }: Call<Calls["tellConsent"]>,
): Promise<Answer<Calls["tellConsent"]>> => {
  const playbook = await deps.playbook();
  const { customerId } = (await find(deps, params.ref, playbook)).state;
  const { channels, topics } = consentNames(playbook.document);
  const { status, kind, reason, text } = body;
  const about = {
    channel: nameIn("channel", body.channel, channels),
    topic: nameIn("topic", body.topic, topics),
    status,
  };
  const at = new Date(deps.clock.now()).toISOString();
  const consent = { ...about, kind, source: reason, at, ...(text === undefined ? {} : { text }) };
  await tellConsent(deps, customerId, consent);
  const { json } = await showProfile(deps, customerId, isMasked(caller));
  return { status: 200, json, changed: { target: customerId, after: { ...about, kind, reason } } };
};

const showTimeline = async (
  deps: ProfileDependencies,
  { params, query }: Call<Calls["showTimeline"]>,
): Promise<Answer<Calls["showTimeline"]>> => {
  const { state } = await find(deps, params.ref, await deps.playbook());
  const page = await deps.history.timeline([state.customerId, ...state.absorbed], query);
  // Entries are picked from stored facts of every kind, which no type follows.
  return { status: 200, json: page as Answer<Calls["showTimeline"]>["json"] };
};

/** What answers the calls of operations.ts. */
export const profileCalls = (deps: ProfileDependencies): Handlers<Calls> => ({
  showProfile: ({ params, caller }) => showProfile(deps, params.ref, isMasked(caller)),
  findProfile: ({ query, caller }) => showProfile(deps, query.ref, isMasked(caller)),
  revealProfile: ({ params }) => reveal(deps, params.ref),
  tellConsent: (call) => tell(deps, call),
  showTimeline: (call) => showTimeline(deps, call),
});
