import { previewAsked } from "#domain/audience/input.ts";
import { progressOf } from "#domain/audience/job.ts";
import { editedSteps } from "#domain/journey/edited.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { exceeds, guardOf } from "#domain/playbook/model/guard.ts";
import { RapportError } from "#kernel/errors.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { JobStore } from "#ports/job-store.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import type { RunLists } from "#ports/run-store.ts";

/** What tells who is inside, and what previews found. */
export type Confirming = {
  readonly lists: Pick<RunLists, "countStep">;
  readonly jobs: Pick<JobStore, "list" | "read">;
};
type ConfirmDependencies = Confirming & {
  readonly playbooks: Pick<PlaybookStore, "document" | "current">;
  readonly clock: Clock;
};

const PREVIEW = "prv_";
const TOKEN = "cnf_";
/** A preview speaks for itself so long: by then other people are inside. */
const HOLDS_MS = DAY_MS;

/** What confirms a preview: said by it once it is done, and by nothing before. */
export const tokenOf = (previewId: string): string => `${TOKEN}${previewId.slice(PREVIEW.length)}`;
const previewOf = (token: string): string => `${PREVIEW}${token.slice(TOKEN.length)}`;

/** Whether a token is that of a finished preview of just this change. */
const isConfirmed = async (
  { jobs, clock }: ConfirmDependencies,
  token: string,
  { version, live }: { readonly version: string; readonly live: string },
): Promise<boolean> => {
  if (!token.startsWith(TOKEN)) return false;
  const kept = await jobs.read(previewOf(token));
  if (kept === null || kept.job.kind !== "preview" || kept.job.status !== "done") return false;
  const asked = previewAsked(kept.job);
  const isFresh = clock.now() - Date.parse(asked.now) < HOLDS_MS;
  return isFresh && asked.version === version && asked.live === live;
};

/** How many people rest where both versions say otherwise. */
const concerned = async (
  { lists }: ConfirmDependencies,
  before: PlaybookDocument,
  after: PlaybookDocument,
): Promise<number> => {
  const counts = await Promise.all(
    editedSteps(before, after).map(({ journey, step }) => lists.countStep(journey, step)),
  );
  return counts.reduce((sum, { inside }) => sum + inside, 0);
};

/** Customers there were when all were last walked over; 0: nobody counted. */
const customers = async ({ jobs }: ConfirmDependencies): Promise<number> => {
  const { jobs: last } = await jobs.list(["sizes", "preview"], { limit: 10 });
  const done = last.find(({ status }) => status === "done");
  const kept = done === undefined ? null : await jobs.read(done.jobId);
  return kept === null ? 0 : progressOf(kept.job, kept.slices).done;
};

/**
 * Refuses to make a version live that moves more people inside of journeys than the live playbook's `guard` lets pass, until
 * somebody has looked at its preview.
 * @param confirm the token of that preview
 * @throws RapportError `confirmation_needed`
 */
export const refuseUnconfirmed = async (
  deps: ConfirmDependencies,
  version: string,
  confirm: string | undefined,
): Promise<void> => {
  const live = await deps.playbooks.current();
  if (live === null || live === version) return;
  const [before, after] = await Promise.all([
    deps.playbooks.document(live),
    deps.playbooks.document(version),
  ]);
  if (before === null || after === null) return;
  const document: PlaybookDocument = JSON.parse(before);
  const inside = await concerned(deps, document, JSON.parse(after));
  if (!exceeds(guardOf(document), inside, await customers(deps))) return;
  if (confirm !== undefined && (await isConfirmed(deps, confirm, { version, live }))) return;
  const message = `${inside} people wait at steps that this version changes: look at its preview, and publish with its token`;
  throw new RapportError("confirmation_needed", message, { extra: { inside } });
};
