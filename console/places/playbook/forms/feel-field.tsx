import { type ChangeEvent, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { classes } from "#console/ui/classes.ts";
import { Field } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import { type Completion, completionAt, type KnownNames, type Suggestion, taken } from "./feel-completion.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";

type FeelProps = {
  readonly label: string;
  readonly wrong: string | undefined;
  readonly value: string;
  readonly names: KnownNames;
  readonly readOnly: boolean;
  readonly onText: (text: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: () => void;
};

const CLOSED: Completion = { from: 0, suggestions: [] };
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * A rule, with the names that may stand where one types: arrows choose, Enter takes, Escape closes, Ctrl+Space opens. Tab
 * leaves the field as it leaves any other.
 */
export const FeelField = ({ label, wrong, value, names, readOnly, onText, ...on }: FeelProps) => {
  const { words, formats } = useWords(formWords);
  const [completion, setCompletion] = useState(CLOSED);
  const [at, setAt] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const list = useId();
  const { suggestions, from } = completion;
  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const close = (): void => setCompletion(CLOSED);
  const look = (text: string, place: number): void => {
    setCompletion(completionAt(text, place, names));
    setAt(0);
  };
  const take = (suggestion: Suggestion | undefined): void => {
    const own = area.current;
    if (own === null || suggestion === undefined) return;
    const next = taken(own.value, own.selectionStart, from, suggestion);
    caret.current = next.caret;
    onText(next.text);
    close();
    own.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const own = event.currentTarget;
    if (event.key === " " && event.ctrlKey) look(own.value, own.selectionStart);
    else if (suggestions.length === 0) return;
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") take(suggestions[at]);
    else {
      const step = STEPS[event.key];
      if (step === undefined) return;
      setAt((at + step + suggestions.length) % suggestions.length);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const change = ({ target }: ChangeEvent<HTMLTextAreaElement>): void => {
    onText(target.value);
    look(target.value, target.selectionStart);
  };
  return (
    <div className={styles.feel}>
      <Field label={label} wrong={wrong}>
        {(given) => (
          <textarea
            {...given}
            ref={area}
            className={classes(given.className, styles.rule)}
            rows={Math.min(8, Math.max(1, value.split("\n").length))}
            value={value}
            readOnly={readOnly}
            spellCheck={false}
            autoComplete="off"
            aria-autocomplete="list"
            aria-controls={suggestions.length > 0 ? list : undefined}
            aria-activedescendant={suggestions.length > 0 ? `${list}-${at}` : undefined}
            onChange={change}
            onKeyDown={press}
            onFocus={on.onFocus}
            onBlur={() => {
              close();
              on.onLeave();
            }}
          />
        )}
      </Field>
      {suggestions.length > 0 && (
        <Suggestions id={list} label={label} completion={completion} at={at} onTake={take} />
      )}
      <span className="unseen" role="status">
        {suggestions.length > 0 && formats.count(suggestions.length, words.suggestions)}
      </span>
    </div>
  );
};

type SuggestionsProps = {
  readonly id: string;
  readonly label: string;
  readonly completion: Completion;
  readonly at: number;
  readonly onTake: (suggestion: Suggestion) => void;
};

const Suggestions = ({ id, label, completion, at, onTake }: SuggestionsProps) => (
  <div id={id} role="listbox" aria-label={label} className={styles.suggestions}>
    {completion.suggestions.map((suggestion, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
      <div
        key={`${suggestion.kind} ${suggestion.name}`}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        className={styles.suggestion}
        // The field keeps the focus while one clicks.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onTake(suggestion)}
      >
        <code>{suggestion.name}</code>
        <span>{suggestion.about}</span>
      </div>
    ))}
  </div>
);
