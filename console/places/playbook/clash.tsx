import { useShownName } from "#console/data/who.ts";
import { Button } from "#console/ui/button.tsx";
import look from "#console/ui/look.module.css";
import { Notice } from "#console/ui/notice.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./draft.module.css";
import type { DraftEditor } from "./editing.ts";
import type { Merge } from "./open-files.ts";
import { playbookWords } from "./words.ts";

/** Says that somebody else changed the same places of a file, and lets one choose what it is to be. */
export const ClashNotice = ({ merge, editor }: { readonly merge: Merge; readonly editor: DraftEditor }) => {
  const shownName = useShownName();
  const { words } = useWords(playbookWords);
  return (
    <>
      <Notice title={words.clashTitle} text={words.clash(shownName(merge.changedBy ?? words.somebody))}>
        <Button onClick={() => editor.settle(merge.path, merge.text)}>{words.keepTheirs}</Button>
        <Button onClick={() => editor.settle(merge.path, merge.yours)}>{words.keepYours}</Button>
      </Notice>
      <Conflicts conflicts={merge.conflicts} />
    </>
  );
};

/** The places that both changed, each as it was and as both would have it. */
export const Conflicts = ({ conflicts }: { readonly conflicts: Merge["conflicts"] }) => {
  const { words } = useWords(playbookWords);
  return (
    <ul className={styles.clashes}>
      {conflicts.map(({ line, cell, before, yours, theirs }) => (
        <li key={`${line} ${cell?.column ?? ""}`}>
          <p className={look.small}>
            {cell === undefined
              ? words.line(line)
              : `${cell.decision}, ${words.row} ${cell.row}, ${cell.column}`}
          </p>
          <dl>
            <dt>{words.before}</dt>
            <dd>
              <pre>{before}</pre>
            </dd>
            <dt>{words.yours}</dt>
            <dd>
              <pre>{yours}</pre>
            </dd>
            <dt>{words.theirs}</dt>
            <dd>
              <pre>{theirs}</pre>
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
};
