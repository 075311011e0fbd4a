import { type FileChange, withFiles } from "#domain/draft/draft.ts";
import { compilePlaybook } from "#domain/playbook/compile/compile.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import type { RenderMjml } from "#domain/playbook/read/sources.ts";
import type { DraftStore } from "#ports/draft-store.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import { invalidPlaybook } from "./keep-playbook.ts";
import { findDraft, readContents } from "./read-draft.ts";

/**
 * A draft ready to run, with files as they stand in an editor over those that are saved. Nothing is kept.
 * @throws RapportError `not_found`, `playbook_invalid` with the findings
 */
export const compileDraft = async (
  deps: {
    readonly drafts: Pick<DraftStore, "get" | "texts">;
    readonly playbooks: Pick<PlaybookStore, "get">;
    readonly renderMjml: RenderMjml;
  },
  draftId: string,
  unsaved: readonly FileChange[],
): Promise<CompiledPlaybook> => {
  const contents = await readContents(deps, await findDraft(deps, draftId));
  const files = withFiles(contents.files, unsaved);
  const parsed = await parsePlaybook(files, deps.renderMjml);
  if (parsed.document === null) throw invalidPlaybook(parsed);
  return compilePlaybook(playbookVersion(files), parsed.document);
};
