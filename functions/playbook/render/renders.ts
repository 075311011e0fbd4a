import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { maskForRendering } from "#domain/profile/masking.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import type { CompiledVersions, PlaybookStore } from "#ports/playbook-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import { isMasked } from "#runtime/http/masked.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import type { operations, RenderRequest } from "./operations.ts";

export type RenderDependencies = {
  readonly customers: Pick<CustomerStore, "find">;
  readonly playbooks: Pick<CompiledVersions, "current" | "get">;
  readonly drafts: Pick<DraftStore, "get" | "texts">;
  readonly store: Pick<PlaybookStore, "get">;
  readonly clock: Clock;
};

type Operation = typeof operations.renderTreatment;

const customerOf = async (
  { customers }: RenderDependencies,
  given: string | undefined,
  playbook: CompiledPlaybook,
): Promise<CustomerRecord | null> => {
  if (given === undefined) return null;
  const ref = readRef(given, playbook, "customer");
  const record = ref === null ? null : await customers.find(ref);
  if (record === null) throw new RapportError("not_found", "there is no such customer");
  return record;
};

const playbookOf = async (
  { drafts, playbooks, store }: RenderDependencies,
  { draft, version, unsaved = {} }: RenderRequest,
): Promise<CompiledPlaybook> => {
  if (draft === undefined) return version === undefined ? playbooks.current() : playbooks.get(version);
  const { compileDraft, renderMjml } = await import("./later-for-drafts.ts");
  const files = Object.entries(unsaved).map(([path, text]) => ({ path, text }));
  return compileDraft({ drafts, playbooks: store, renderMjml }, draft, files);
};

const render = async (
  deps: RenderDependencies,
  { body, caller }: Call<Operation>,
): Promise<Answer<Operation>> => {
  const { version: _version, draft: _draft, unsaved: _unsaved, customer, ...wish } = body;
  const playbook = await playbookOf(deps, body);
  const found = await customerOf(deps, customer, playbook);
  const record = found !== null && isMasked(caller) ? maskForRendering(found, playbook) : found;
  const { RENDERS, readerOf, renderTreatment } = await import("./later.ts");
  const nowMs = deps.clock.now();
  const preview = renderTreatment(playbook, wish, readerOf(record, playbook, nowMs), {
    renders: RENDERS,
    nowMs,
  });
  return {
    status: 200,
    json: {
      playbook: playbook.version,
      ...preview,
      locales: [...preview.locales],
      warnings: [...preview.warnings],
    },
  };
};

/** What answers the calls of operations.ts. */
export const renderCalls = (deps: RenderDependencies): Handlers<typeof operations> => ({
  renderTreatment: (call) => render(deps, call),
});
