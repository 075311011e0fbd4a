import { normalizeRef } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { profileAnswer } from "#domain/profile/answer.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "#runtime/http/http-handler.ts";
import { readPage } from "#runtime/http/paging.ts";
import type { Profile } from "./schema.ts";

export type ProfileDependencies = {
  readonly customers: Pick<CustomerStore, "find">;
  readonly history: Pick<HistoryStore, "timeline">;
  readonly playbook: () => Promise<CompiledPlaybook>;
  readonly clock: Clock;
};

const refOf = ({ params, query }: HttpRequest): string => {
  const ref = params.ref ?? query.ref;
  if (ref !== undefined && ref !== "") return ref;
  throw wrongField("ref", "customerId or type:value", "nothing");
};

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
): Promise<CustomerRecord | null> => {
  for (const text of new Set([given, decoded(given)])) {
    const ref = normalizeRef(text, playbook);
    const record = ref === null ? null : await customers.find(ref);
    if (record !== null) return record;
  }
  return null;
};

const timeline = async (
  { history }: ProfileDependencies,
  { state }: CustomerRecord,
  request: HttpRequest,
): Promise<HttpResponse> => {
  const page = await history.timeline([state.customerId, ...state.absorbed], readPage(request));
  return { status: 200, json: page };
};

/** The calls under `/v1/profiles`: a profile as it is now, and its timeline. */
export const profileCalls =
  (dependencies: ProfileDependencies): HttpHandler =>
  async (request) => {
    const playbook = await dependencies.playbook();
    const record = await find(dependencies, refOf(request), playbook);
    if (record === null) throw new RapportError("not_found", "there is no such customer");
    if (request.route.endsWith("/timeline")) return timeline(dependencies, record, request);
    const profile: Profile = profileAnswer(record, playbook, dependencies.clock.now());
    return { status: 200, json: profile };
  };
