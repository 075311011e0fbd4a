import { Loading } from "#console/ui/states.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import type { Finding } from "./data.ts";
import styles from "./draft.module.css";
import { DraftStart } from "./draft-start.tsx";
import type { DraftEditor, Editing } from "./editing.ts";
import { FileEditor } from "./file-editor.tsx";
import { FileList } from "./file-list.tsx";
import { Findings } from "./findings.tsx";
import { NewFile } from "./new-file.tsx";

type EditViewProps = {
  /** The draft's, or a version's. */
  readonly draftId: string;
  /** The file that is looked at. */
  readonly chosen: string | undefined;
  readonly editor: DraftEditor;
  readonly editing: Editing;
  /** Null: nobody knows yet. */
  readonly findings: readonly Finding[] | null;
  readonly readOnly: boolean;
};

/** The files of a draft or version, and the one that was chosen in the editor that suits it. */
export const EditView = ({ draftId, chosen, editor, editing, findings, readOnly }: EditViewProps) => {
  const { words: usual } = useWords(everywhere);
  const file = chosen === undefined ? undefined : editing.files.get(chosen);
  const isKnown = editing.files.size > 0;
  return (
    <div className={styles.layout}>
      <FileList draftId={draftId} files={editing.files} chosen={chosen} findings={findings ?? []}>
        {!readOnly && <NewFile draftId={draftId} editor={editor} files={editing.files} />}
      </FileList>
      <div className={styles.main}>
        {!isKnown && <Loading label={usual.loading} />}
        {isKnown && (chosen === undefined || file === undefined) && (
          <DraftStart draftId={draftId} files={editing.files} />
        )}
        {chosen !== undefined && file !== undefined && (
          <FileEditor
            key={chosen}
            draftId={draftId}
            path={chosen}
            file={file}
            files={editing.files}
            editor={editor}
            findings={findings ?? []}
            readOnly={readOnly}
          />
        )}
        {findings !== null && <Findings draftId={draftId} findings={findings} />}
      </div>
    </div>
  );
};
