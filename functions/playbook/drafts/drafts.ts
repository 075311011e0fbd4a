import { type Actor, revisionOf } from "#domain/draft/draft.ts";
import { normalizeFiles } from "#domain/playbook/read/paths.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Caller } from "#runtime/http/caller.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { beginDraft, discardDraft, liveSince, takeLive } from "#usecases/draft/change-draft.ts";
import { checkDraft } from "#usecases/draft/check-draft.ts";
import type { DraftDependencies } from "#usecases/draft/dependencies.ts";
import { approveDraft, keepDraft, proposeDraft, publishDraft } from "#usecases/draft/publish-draft.ts";
import { findDraft, findOpenDraft, readContents } from "#usecases/draft/read-draft.ts";
import { saveFiles } from "#usecases/draft/save-files.ts";
import type { operations } from "./operations.ts";
import { answerOf, mergesOf, summaryOf } from "./shown.ts";

type Calls = typeof operations;

/** Whoever calls, as drafts remember them: two keys are two, as two people are. */
const actorOf = ({ caller }: { readonly caller: Pick<Caller, "hash" | "name"> }): Actor => ({
  id: caller.hash.slice(0, 16),
  name: caller.name,
});

/** Paths as the playbook has them. Throws `invalid_request` for one that leads outside, is hidden or comes twice. */
const checkPaths = (files: readonly { readonly path: string }[]): void => {
  const seen = new Set<string>();
  files.forEach(({ path }, index) => {
    const [known] = Object.keys(normalizeFiles({ [path]: "" }));
    if (known !== path)
      throw wrongField(`files.${index}.path`, "a path such as actions/welcome.yaml", "another");
    if (seen.has(path)) throw wrongField(`files.${index}.path`, "each path once", "one that came before");
    seen.add(path);
  });
};

/** So many files the audit log names of one save. */
const MOST_NAMED = 50;

const list = async (
  deps: DraftDependencies,
  { query }: Call<Calls["listDrafts"]>,
): Promise<Answer<Calls["listDrafts"]>> => {
  const { items, cursor } = await deps.drafts.list(query);
  return { status: 200, json: { items: items.map(summaryOf), cursor } };
};

const begin = async (
  deps: DraftDependencies,
  call: Call<Calls["beginDraft"]>,
): Promise<Answer<Calls["beginDraft"]>> => {
  const { name, base } = call.body;
  const draft = await beginDraft(deps, { name, ...(base === undefined ? {} : { base }) }, actorOf(call));
  const changed = { target: draft.draftId, after: { name, base: draft.base } };
  return { status: 201, json: await answerOf(deps, draft), changed };
};

const readFiles = async (
  deps: DraftDependencies,
  { params, query }: Call<Calls["readDraftFiles"]>,
): Promise<Answer<Calls["readDraftFiles"]>> => {
  const { files, base } = await readContents(deps, await findDraft(deps, params.id));
  const all = [...new Set([...Object.keys(base), ...Object.keys(files)])];
  const wanted = query.path === undefined ? all : all.filter((path) => path === query.path);
  if (query.path !== undefined && wanted.length === 0)
    throw new RapportError("not_found", "the draft has no such file");
  const shown = wanted.sort().map((path) => {
    const text = files[path] ?? null;
    return [
      path,
      { text, revision: text === null ? null : revisionOf(text), base: base[path] ?? null },
    ] as const;
  });
  return { status: 200, json: { files: Object.fromEntries(shown) } };
};

const save = async (
  deps: DraftDependencies,
  call: Call<Calls["saveDraftFiles"]>,
): Promise<Answer<Calls["saveDraftFiles"]>> => {
  checkPaths(call.body.files);
  const draft = await saveFiles(deps, call.params.id, call.body.files, actorOf(call));
  const files = call.body.files.map(({ path }) => path).slice(0, MOST_NAMED);
  return { status: 200, json: await answerOf(deps, draft), changed: { after: { files } } };
};

const check = async (
  deps: DraftDependencies,
  { params, body }: Call<Calls["checkDraft"]>,
): Promise<Answer<Calls["checkDraft"]>> => {
  const { files = [] } = body;
  checkPaths(files);
  const { errors, warnings } = await checkDraft(deps, await findDraft(deps, params.id), files);
  return { status: 200, json: { valid: errors.length === 0, errors, warnings } };
};

const compare = async (
  deps: DraftDependencies,
  { params }: Call<Calls["compareDraft"]>,
): Promise<Answer<Calls["compareDraft"]>> => {
  const since = await liveSince(deps, await findDraft(deps, params.id));
  const merges = since === null ? [] : mergesOf(since.merges);
  return { status: 200, json: { live: since?.live ?? (await deps.playbooks.current()), merges } };
};

const publish = async (
  deps: DraftDependencies,
  call: Call<Calls["publishDraft"]>,
): Promise<Answer<Calls["publishDraft"]>> => {
  const { version, previous } = await publishDraft(deps, call.params.id, actorOf(call), call.body.confirm);
  const changed = { before: { live: previous }, after: { live: version } };
  return { status: 200, json: { version, previous }, changed };
};

/** What answers the calls of operations.ts. */
export const draftCalls = (deps: DraftDependencies): Handlers<Calls> => ({
  listDrafts: (call) => list(deps, call),
  beginDraft: (call) => begin(deps, call),
  showDraft: async ({ params }) => ({
    status: 200,
    json: await answerOf(deps, await findDraft(deps, params.id)),
  }),
  readDraftFiles: (call) => readFiles(deps, call),
  saveDraftFiles: (call) => save(deps, call),
  discardDraft: async ({ params }) => {
    await discardDraft(deps, params.id);
    return { status: 200, json: { discarded: params.id } };
  },
  checkDraft: (call) => check(deps, call),
  keepDraft: async ({ params }) => {
    const version = await keepDraft(deps, await findOpenDraft(deps, params.id));
    return { status: 200, json: { version } };
  },
  compareDraft: (call) => compare(deps, call),
  takeLive: async (call) => {
    const { resolved = {} } = call.body;
    const draft = await takeLive(deps, call.params.id, resolved, actorOf(call));
    return { status: 200, json: await answerOf(deps, draft) };
  },
  proposeDraft: async (call) => {
    const draft = await proposeDraft(deps, call.params.id, call.body.note, actorOf(call));
    return { status: 200, json: await answerOf(deps, draft) };
  },
  approveDraft: async (call) => {
    const draft = await approveDraft(deps, call.params.id, actorOf(call));
    return { status: 200, json: await answerOf(deps, draft) };
  },
  publishDraft: (call) => publish(deps, call),
});
