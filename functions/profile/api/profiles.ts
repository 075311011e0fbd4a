import { normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { profileAnswer } from "#domain/profile/answer.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
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

const showProfile = async (
  deps: ProfileDependencies,
  ref: string | undefined,
): Promise<Answer<Calls["showProfile"]>> => {
  if (ref === undefined || ref === "") throw wrongField("ref", "customerId or type:value", "nothing");
  const playbook = await deps.playbook();
  const record = await find(deps, ref, playbook);
  return { status: 200, json: profileAnswer(record, playbook, deps.clock.now()) };
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
  showProfile: ({ params }) => showProfile(deps, params.ref),
  findProfile: ({ query }) => showProfile(deps, query.ref),
  showTimeline: (call) => showTimeline(deps, call),
});
