import { type ChangeEvent, type KeyboardEvent, useState } from "react";
import { useWords } from "#console/words/language.tsx";
import { useCompleting } from "./forms/completing.ts";
import type { KnownNames } from "./forms/feel-completion.ts";
import { formWords } from "./forms/form-words.ts";
import { FloatingSuggestions } from "./forms/suggestions.tsx";
import styles from "./grid.module.css";
import type { Place } from "./grid-model.ts";

type LineProps = {
  readonly label: string;
  readonly text: string;
  /** What may stand there, asked once: a column may have ten thousand rows. */
  readonly names: () => KnownNames | null;
  readonly onWrite: (text: string) => void;
  /** What was written, null for nothing, and where to go from there. */
  readonly onEnd: (text: string | null, by: Place) => void;
};

const HERE: Place = { row: 0, column: 0 };

/** Where one goes by the key that ends the writing. */
const endBy = ({ key, shiftKey }: KeyboardEvent): Place | undefined => {
  if (key === "Enter") return { row: shiftKey ? -1 : 1, column: 0 };
  if (key === "Tab") return { row: 0, column: shiftKey ? -1 : 1 };
  return undefined;
};

/** The line in which a cell is written, with the names and values that may stand there. */
export const GridLine = ({ label, text, names, onWrite, onEnd }: LineProps) => {
  const { words, formats } = useWords(formWords);
  const [known] = useState(names);
  const completing = useCompleting<HTMLInputElement>(known, onWrite);
  const { id, at, completion, look, close } = completing;
  const found = completion.suggestions.length;
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    // The line is the cell's own: what the grid does by keys, and the page, waits until it is written.
    event.stopPropagation();
    if (completing.press(event) || event.nativeEvent.isComposing) return;
    const by = endBy(event);
    if (event.key !== "Escape" && by === undefined) return;
    event.preventDefault();
    if (by === undefined) onEnd(null, HERE);
    else onEnd(event.currentTarget.value, by);
  };
  const change = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    onWrite(target.value);
    look(target.value, target.selectionStart ?? target.value.length);
  };
  return (
    <>
      <input
        ref={completing.line}
        className={styles.line}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found > 0 ? id : undefined}
        aria-activedescendant={found > 0 ? `${id}-${at}` : undefined}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={change}
        onKeyDown={press}
        onBlur={(event) => onEnd(event.target.value, HERE)}
        // biome-ignore lint/a11y/noAutofocus: it opens because somebody wants to type
        autoFocus
      />
      {found > 0 && <FloatingSuggestions label={label} completing={completing} onClose={close} />}
      <span className="unseen" role="status">
        {found > 0 && formats.count(found, words.suggestions)}
      </span>
    </>
  );
};
