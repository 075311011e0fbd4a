import { normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { profileAnswer } from "#domain/profile/answer.ts";
import { maskRecord } from "#domain/profile/masking.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import { isMasked } from "#runtime/http/masked.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";

export type ProfileDependencies = {
  readonly customers: Pick<CustomerStore, "find">;
  readonly history: Pick<HistoryStore, "timeline">;
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
  showTimeline: (call) => showTimeline(deps, call),
});
