import { type FileChange, type PlaybookDraft, withFiles } from "#domain/draft/draft.ts";
import type { PlaybookFinding } from "#domain/playbook/model/finding.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { DraftDependencies } from "./dependencies.ts";
import { readContents } from "./read-draft.ts";

/** What is wrong with a draft, with files as they stand in an editor over those that are saved. Nothing is kept. */
export const checkDraft = async (
  deps: Pick<DraftDependencies, "drafts" | "playbooks" | "renderMjml">,
  draft: PlaybookDraft,
  unsaved: readonly FileChange[],
): Promise<{
  readonly errors: readonly PlaybookFinding[];
  readonly warnings: readonly PlaybookFinding[];
}> => {
  const { files } = await readContents(deps, draft);
  const { errors, warnings } = await parsePlaybook(withFiles(files, unsaved), deps.renderMjml);
  return { errors, warnings };
};
