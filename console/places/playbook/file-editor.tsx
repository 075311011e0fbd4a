import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { toast } from "#console/ui/toast.tsx";
import { useWords } from "#console/words/language.tsx";
import { ClashNotice } from "./clash.tsx";
import type { Finding } from "./data.ts";
import styles from "./draft.module.css";
import type { DraftEditor } from "./editing.ts";
import { groupOf, titleOf } from "./files.ts";
import { FormEditor } from "./form-editor.tsx";
import { FORMS } from "./forms/shapes.ts";
import type { OpenFile } from "./open-files.ts";
import { TableEditor } from "./table-editor.tsx";
import { TemplateEditor } from "./template-editor.tsx";
import { TextEditor } from "./text-editor.tsx";
import { playbookWords } from "./words.ts";
import { WordsOf } from "./words-of.tsx";

type FileEditorProps = {
  readonly draftId: string;
  readonly path: string;
  readonly file: OpenFile;
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly editor: DraftEditor;
  readonly findings: readonly Finding[];
  readonly readOnly: boolean;
};

/** One file of a draft, in the editor that suits it. */
export const FileEditor = (props: FileEditorProps) => {
  const { path, file, editor, readOnly } = props;
  const { words } = useWords(playbookWords);
  const isChanged = file.text !== file.base;
  const revert = (): void => {
    editor.write(path, file.base);
    toast(words.reverted);
  };
  return (
    <Section
      title={titleOf(path)}
      aside={
        <span className={styles.tools}>
          <code className={look.small}>{path}</code>
          {isChanged && !readOnly && (
            <Button look="plain" onClick={revert}>
              {words.revert}
            </Button>
          )}
          {file.text !== null && !readOnly && (
            <Button look="plain" onClick={() => editor.write(path, null)}>
              {words.removeFile}
            </Button>
          )}
        </span>
      }
    >
      {file.merge !== undefined && <ClashNotice merge={file.merge} editor={editor} />}
      {file.text === null ? (
        <EmptyState title={words.goneFile}>
          {file.base !== null && !readOnly && <Button onClick={revert}>{words.bringBack}</Button>}
        </EmptyState>
      ) : (
        <Suited {...props} text={file.text} />
      )}
    </Section>
  );
};

const Suited = ({
  draftId,
  path,
  text,
  file,
  files,
  editor,
  findings,
  readOnly,
}: FileEditorProps & { readonly text: string }) => {
  const onText = (next: string): void => editor.write(path, next);
  const own = findings.filter((finding) => finding.file === path);
  const given = { path, text, findings: own, readOnly: readOnly || file.merge !== undefined, onText };
  const group = groupOf(path);
  if (group === "tables")
    return (
      <TableEditor
        key={`${path} ${file.edition}`}
        {...given}
        draftId={draftId}
        editor={editor}
        files={files}
      />
    );
  if (group === "templates") return <TemplateEditor key={path} {...given} draftId={draftId} files={files} />;
  const shape = FORMS[group];
  if (shape !== undefined)
    return (
      <>
        {group === "actions" && <WordsOf draftId={draftId} path={path} text={text} files={files} />}
        <FormEditor key={`${path} ${file.edition}`} {...given} shape={shape} files={files} />
      </>
    );
  return <TextEditor key={path} {...given} />;
};
