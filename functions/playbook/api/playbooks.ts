import { contentsOf } from "#domain/playbook/model/contents.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import type { RunEditing } from "#ports/run-store.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { compileOrRefuse, type FailedTests, keepPlaybook } from "#usecases/draft/keep-playbook.ts";
import { refuseUnapproved } from "#usecases/draft/publish-draft.ts";
import { type Confirming, refuseUnconfirmed } from "#usecases/publish/confirmed.ts";
import type { operations } from "./operations.ts";
import { readUpload } from "./read-upload.ts";

type Parts = {
  readonly store: PlaybookStore;
  readonly drafts: Pick<DraftStore, "list">;
  readonly edits: RunEditing;
  readonly confirming: Confirming;
  readonly clock: Clock;
  readonly renderMjml: RenderMjml;
  readonly failedTests: FailedTests;
};
type Calls = typeof operations;

/** What answers the calls of operations.ts. */
export const playbookCalls = (parts: Parts): Handlers<Calls> => ({
  uploadPlaybook: (call) => upload(parts, call),
  listPlaybooks: (call) => list(parts, call),
  showPlaybook: (call) => read(parts, call.params.version),
  publishPlaybook: (call) => publish(parts, call),
});

const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString();

const noSuchVersion = (): RapportError => new RapportError("not_found", "there is no such playbook version");

const upload = async (
  { store, clock, renderMjml, failedTests }: Parts,
  call: Call<Calls["uploadPlaybook"]>,
): Promise<Answer<Calls["uploadPlaybook"]>> => {
  const kept = await keepPlaybook({ playbooks: store, renderMjml, failedTests, clock }, readUpload(call));
  return { status: 201, json: kept, changed: { target: kept.version } };
};

const list = async (
  { store }: Parts,
  { query }: Call<Calls["listPlaybooks"]>,
): Promise<Answer<Calls["listPlaybooks"]>> => {
  const [page, current] = await Promise.all([store.list(query), store.current()]);
  const items = page.items.map((item) => ({ ...item, published: item.version === current }));
  return { status: 200, json: { items, cursor: page.cursor } };
};

const read = async ({ store }: Parts, wanted: string): Promise<Answer<Calls["showPlaybook"]>> => {
  const current = await store.current();
  const version = wanted === "current" ? current : wanted;
  const stored = version === null ? null : await store.get(version);
  if (version === null || !stored) throw noSuchVersion();
  const { name, createdAt, files, document } = stored;
  const { actions, placements } = contentsOf(JSON.parse(document));
  const published = version === current;
  return { status: 200, json: { version, name, createdAt, published, files, actions, placements } };
};

/** Who publishes with a key has had it reviewed elsewhere; people are held to what the playbook asks of them. */
const publish = async (
  { store, drafts, edits, clock, confirming }: Parts,
  { caller, params: { version }, body }: Call<Calls["publishPlaybook"]>,
): Promise<Answer<Calls["publishPlaybook"]>> => {
  const document = await store.document(version);
  if (document === null) throw noSuchVersion();
  if (caller.kind === "person") await refuseUnapproved({ playbooks: store, drafts }, version);
  compileOrRefuse(version, document);
  await refuseUnconfirmed({ ...confirming, playbooks: store, clock }, version, body.confirm);
  const since = isoTime(clock);
  const { previous } = await store.publish(version, since);
  if (previous !== null && previous !== version) await edits.add({ from: previous, to: version, since });
  const changed = { before: { live: previous }, after: { live: version } };
  return { status: 200, json: { version, previous }, changed };
};
