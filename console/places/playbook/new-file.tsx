import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { TextField } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./draft.module.css";
import type { DraftEditor } from "./editing.ts";
import type { OpenFile } from "./open-files.ts";
import { playbookWords } from "./words.ts";

const PATH = /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/;

/** Makes an empty file, and goes there. */
export const NewFile = ({
  draftId,
  editor,
  files,
}: {
  readonly draftId: string;
  readonly editor: DraftEditor;
  readonly files: ReadonlyMap<string, OpenFile>;
}) => {
  const { words } = useWords(playbookWords);
  const navigate = useNavigate();
  const [path, setPath] = useState("");
  const wanted = path.trim();
  const isFree = PATH.test(wanted) && (files.get(wanted)?.text ?? null) === null;
  const make = (event: FormEvent): void => {
    event.preventDefault();
    if (!isFree) return;
    editor.write(wanted, "\n");
    setPath("");
    void navigate({ to: "/playbook/$draftId", params: { draftId }, search: { file: wanted } });
  };
  return (
    <form onSubmit={make} className={styles.form}>
      <TextField
        label={words.newFile}
        hint={words.newFileHint}
        value={path}
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" disabled={!isFree}>
        {words.makeFile}
      </Button>
    </form>
  );
};
