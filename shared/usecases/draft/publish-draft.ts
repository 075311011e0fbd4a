import type { Actor, PlaybookDraft } from "#domain/draft/draft.ts";
import { revisionsIn } from "#domain/draft/draft.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { RapportError } from "#kernel/errors.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import { refuseUnconfirmed } from "../publish/confirmed.ts";
import { draftBusy, liveMoved, liveSince } from "./change-draft.ts";
import { type DraftDependencies, isoNow } from "./dependencies.ts";
import { compileOrRefuse, keepPlaybook } from "./keep-playbook.ts";
import { findDraft, findOpenDraft, readContents } from "./read-draft.ts";

const keepStep = async (
  { drafts }: Pick<DraftDependencies, "drafts">,
  draft: PlaybookDraft,
  dropped: readonly string[] = [],
): Promise<PlaybookDraft> => {
  const next = { ...draft, step: draft.step + 1 };
  if ((await drafts.save(next, { added: {}, dropped })) === "conflict") throw draftBusy();
  return next;
};

/** Keeps a draft's files as a version, as any upload is. Throws `playbook_invalid` with the findings. */
export const keepDraft = async (deps: DraftDependencies, draft: PlaybookDraft): Promise<string> => {
  if (draft.proposal !== undefined) return draft.proposal.version;
  const { files } = await readContents(deps, draft);
  return (await keepPlaybook(deps, files)).version;
};

/**
 * Proposes a draft: what it says now is kept as a version, and that is what others approve.
 * @throws RapportError `not_found`, `draft_published`, `playbook_invalid`
 */
export const proposeDraft = async (
  deps: DraftDependencies,
  draftId: string,
  note: string | undefined,
  by: Actor,
): Promise<PlaybookDraft> => {
  const draft = await findOpenDraft(deps, draftId);
  const version = await keepDraft(deps, draft);
  const proposal = { by, at: isoNow(deps.clock), version, ...(note === undefined ? {} : { note }) };
  const { approval: _approval, ...rest } = draft;
  return keepStep(deps, { ...rest, state: "proposed", proposal });
};

/**
 * Approves what somebody else proposed.
 * @throws RapportError `not_found`, `draft_published`, `approval_needed` where it is one's own or nothing is proposed
 */
export const approveDraft = async (
  deps: DraftDependencies,
  draftId: string,
  by: Actor,
): Promise<PlaybookDraft> => {
  const draft = await findOpenDraft(deps, draftId);
  const { proposal } = draft;
  if (proposal === undefined)
    throw new RapportError("approval_needed", "nothing is proposed: propose the draft first");
  if (proposal.by.id === by.id)
    throw new RapportError("approval_needed", "who proposed it cannot approve it: ask somebody else");
  return keepStep(deps, { ...draft, state: "approved", approval: { by, at: isoNow(deps.clock) } });
};

const peopleFor = async (
  { playbooks }: Pick<DraftDependencies, "playbooks">,
  version: string | null,
): Promise<number> => {
  const document = version === null ? null : await playbooks.document(version);
  if (document === null) return 1;
  const { publishing }: Pick<PlaybookDocument, "publishing"> = JSON.parse(document);
  return publishing?.people ?? 1;
};

/** How many people it takes to publish a version: what is live says so, and what is to be, lest a draft do away with the rule. */
export const peopleNeeded = async (
  deps: Pick<DraftDependencies, "playbooks">,
  version: string | null,
): Promise<number> =>
  Math.max(await peopleFor(deps, await deps.playbooks.current()), await peopleFor(deps, version));

/** The drafts that are looked through for one that vouches for a version. */
const MOST_LOOKED_AT = 100;

/**
 * Refuses a version that one person would make live alone where the playbook asks for two: unless a draft of it was
 * approved, or it was live before a draft that was published.
 * @throws RapportError `approval_needed`
 */
export const refuseUnapproved = async (
  { drafts, playbooks }: Pick<DraftDependencies, "playbooks"> & { readonly drafts: Pick<DraftStore, "list"> },
  version: string,
): Promise<void> => {
  if ((await peopleNeeded({ playbooks }, version)) <= 1) return;
  const { items } = await drafts.list({ limit: MOST_LOOKED_AT });
  const isVouchedFor = items.some(({ proposal, approval, publication }) =>
    proposal?.version === version
      ? approval !== undefined || publication !== undefined
      : publication?.previous === version,
  );
  if (isVouchedFor) return;
  const message = "this playbook asks for two people: publish a draft that somebody else has approved";
  throw new RapportError("approval_needed", message);
};

export type Published = {
  readonly draft: PlaybookDraft;
  readonly version: string;
  readonly previous: string | null;
};

/**
 * Makes a draft live. One that was published already is answered as it was, so that a call may be repeated.
 * @param confirm the token of a preview, where many people are moved
 * @throws RapportError `approval_needed`, `confirmation_needed`, `live_moved` with both put together, `playbook_invalid`, `not_found`
 */
export const publishDraft = async (
  deps: DraftDependencies,
  draftId: string,
  by: Actor,
  confirm?: string,
): Promise<Published> => {
  const draft = await findDraft(deps, draftId);
  if (draft.publication !== undefined && draft.proposal !== undefined)
    return { draft, version: draft.proposal.version, previous: draft.publication.previous };
  const version = await keepDraft(deps, draft);
  if (draft.approval === undefined && (await peopleNeeded(deps, version)) > 1)
    throw new RapportError(
      "approval_needed",
      "this playbook asks for two people: somebody else must approve it first",
    );
  await refuseUnconfirmed({ ...deps, ...deps.confirming }, version, confirm);
  const at = isoNow(deps.clock);
  const previous = await makeLive(deps, draft, { version, at });
  if (previous !== null && previous !== version)
    await deps.edits.add({ from: previous, to: version, since: at });
  const proposal = draft.proposal ?? { by, at, version };
  const published = { ...draft, state: "published" as const, proposal, publication: { by, at, previous } };
  return { draft: await keepStep(deps, published, [...revisionsIn(draft)]), version, previous };
};

const makeLive = async (
  deps: DraftDependencies,
  draft: PlaybookDraft,
  { version, at }: { readonly version: string; readonly at: string },
): Promise<string | null> => {
  // Where a try before this one was cut off after the pointer was moved, only the draft is left to be told.
  if ((await deps.playbooks.current()) === version) return draft.base;
  const since = await liveSince(deps, draft);
  if (since !== null) throw liveMoved(since);
  compileOrRefuse(version, (await deps.playbooks.document(version)) ?? "");
  if ((await deps.playbooks.publishOver(version, at, draft.base)) === "published") return draft.base;
  const meanwhile = await liveSince(deps, draft);
  throw meanwhile === null ? draftBusy() : liveMoved(meanwhile);
};
