import type { ChangeEvent } from "react";
import { classes } from "#console/ui/classes.ts";
import { Field } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import { useCompleting } from "./completing.ts";
import type { KnownNames } from "./feel-completion.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { Suggestions } from "./suggestions.tsx";

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

/** A rule, with the names that may stand where one types. Tab leaves the field as it leaves any other. */
export const FeelField = ({ label, wrong, value, names, readOnly, onText, ...on }: FeelProps) => {
  const { words, formats } = useWords(formWords);
  const completing = useCompleting<HTMLTextAreaElement>(names, onText);
  const { id, at, completion, press, look, close } = completing;
  const found = completion.suggestions.length;
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
            ref={completing.line}
            className={classes(given.className, styles.rule)}
            rows={Math.min(8, Math.max(1, value.split("\n").length))}
            value={value}
            readOnly={readOnly}
            spellCheck={false}
            autoComplete="off"
            aria-autocomplete="list"
            aria-controls={found > 0 ? id : undefined}
            aria-activedescendant={found > 0 ? `${id}-${at}` : undefined}
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
      {found > 0 && <Suggestions label={label} completing={completing} />}
      <span className="unseen" role="status">
        {found > 0 && formats.count(found, words.suggestions)}
      </span>
    </div>
  );
};
