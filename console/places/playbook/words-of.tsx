import { useWords } from "#console/words/language.tsx";
import { templatesOf } from "./action-templates.ts";
import styles from "./draft.module.css";
import { FileLink } from "./draft-start.tsx";
import { templateOf } from "./files.ts";
import type { OpenFile } from "./open-files.ts";
import { playbookWords } from "./words.ts";

type WordsProps = {
  readonly draftId: string;
  readonly path: string;
  readonly text: string;
  readonly files: ReadonlyMap<string, OpenFile>;
};

/** Where the words of an action stand: its templates, one click away. */
export const WordsOf = ({ draftId, path, text, files }: WordsProps) => {
  const { words } = useWords(playbookWords);
  const templates = templatesOf(path, text);
  const found = [...files.keys()].filter((each) => templates.includes(templateOf(each)?.template ?? ""));
  if (found.length === 0) return null;
  return (
    <p className={styles.wordsOf}>
      <span>{words.wordsOf}</span>
      {found.map((each) => (
        <FileLink key={each} draftId={draftId} path={each} />
      ))}
    </p>
  );
};
