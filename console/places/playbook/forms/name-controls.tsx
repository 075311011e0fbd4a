import { type ReactNode, useId, useState } from "react";
import { Field as Around, TextField } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import { type ControlProps, useTyped, writerOf } from "./controls.tsx";
import { useForm } from "./form-context.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { namesOf, textOf } from "./place.ts";
import type { Names } from "./shapes.ts";

/** A name: those that the draft declares are offered, any other may be typed. */
export const NameControl = (props: ControlProps<"name">) => {
  const { shape, label, place, wrong } = props;
  const { readOnly, onAt } = useForm();
  const typed = useTyped(textOf(place.value), writerOf(props));
  return (
    <Offered of={shape.of}>
      {(list) => (
        <TextField
          label={label}
          wrong={wrong}
          list={list}
          value={typed.value}
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
          onFocus={() => onAt(place.path)}
          onChange={(event) => typed.onText(event.target.value)}
          onBlur={typed.onBlur}
        />
      )}
    </Offered>
  );
};

const Offered = ({
  of,
  children,
}: {
  readonly of: Names;
  readonly children: (list: string) => ReactNode;
}) => {
  const id = useId();
  const { declared } = useForm();
  return (
    <>
      {children(id)}
      <datalist id={id}>
        {declared.names[of].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
};

/** Several names, each with a button that takes it away. */
export const NamesControl = ({ field, shape, label, place, wrong }: ControlProps<"names">) => {
  const { words } = useWords(formWords);
  const { declared, readOnly, edit, onAt } = useForm();
  const [typed, setTyped] = useState("");
  const names = namesOf(place.value);
  const add = (name: string): void => {
    setTyped("");
    if (name === "" || names.includes(name)) return;
    const { path, value } = place;
    if (Array.isArray(value) && value.length > 0)
      edit({ kind: "insert", path: [...path, value.length], value: name });
    else place.set([...names, name]);
  };
  const remove = (index: number): void => {
    const rest = names.filter((_, at) => at !== index);
    if (rest.length > 0 && Array.isArray(place.value)) edit({ kind: "remove", path: [...place.path, index] });
    else if (field.required === true) place.set([]);
    else place.remove();
  };
  const change = (text: string): void =>
    declared.names[shape.of].includes(text) ? add(text) : setTyped(text);
  return (
    <div className={styles.form} data-names={field.name}>
      <Offered of={shape.of}>
        {(list) => (
          <Around label={label} wrong={wrong}>
            {(given) => (
              <>
                {names.length > 0 && (
                  <ul className={styles.chips}>
                    {names.map((name, index) => (
                      <li key={name} className={styles.chip}>
                        <bdi>{name}</bdi>
                        {!readOnly && (
                          <button
                            type="button"
                            aria-label={words.removeEntry(name)}
                            onClick={() => remove(index)}
                          >
                            ×
                          </button>
                        )}
                      </li>
                    ))}
                  </ul>
                )}
                {!readOnly && (
                  <input
                    {...given}
                    list={list}
                    value={typed}
                    autoComplete="off"
                    spellCheck={false}
                    placeholder={words.addEntry}
                    onFocus={() => onAt(place.path)}
                    onChange={(event) => change(event.target.value)}
                    onKeyDown={(event) => {
                      if (event.key === "Enter") add(typed.trim());
                    }}
                    onBlur={() => add(typed.trim())}
                  />
                )}
              </>
            )}
          </Around>
        )}
      </Offered>
    </div>
  );
};
