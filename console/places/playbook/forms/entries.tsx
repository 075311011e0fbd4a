import { type FormEvent, type ReactNode, useState } from "react";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { TextField } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import type { ControlProps } from "./controls.tsx";
import { findingsAt, findingsWithin, useForm } from "./form-context.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { blankOf, entriesIn, isMembers, isShort, type Place, textOf } from "./place.ts";
import { Said } from "./said.tsx";
import type { Fields } from "./shapes.ts";

export type EntriesProps<Kind extends "list" | "map"> = ControlProps<Kind> & {
  /** The fields of an entry. */
  readonly children: (place: Place) => ReactNode;
};

/** Entries of a map: each under its name, which may be changed. */
export const MapEntries = ({ label, place, shape, children }: EntriesProps<"map">) => {
  const { edit, readOnly } = useForm();
  const [opened, setOpened] = useState<string | null>(null);
  const entries = entriesIn(place, edit);
  const add = (name: string): void => {
    edit({ kind: "set", path: [...place.path, name], value: blankOf(shape.entry) });
    setOpened(name);
  };
  return (
    <EntrySet label={label} place={place}>
      {entries.map((entry, index) => (
        <Entry
          // biome-ignore lint/suspicious/noArrayIndexKey: it stays the same entry under another name
          key={index}
          title={entry.name}
          name={entry.name}
          taken={entries.map(({ name }) => name)}
          place={entry}
          fields={children}
          group={shape.entry}
          isOpen={opened === entry.name}
        />
      ))}
      {!readOnly && <NewEntry taken={entries.map(({ name }) => name)} onAdd={add} />}
    </EntrySet>
  );
};

/** Entries below the name of what they belong to. */
export const EntrySet = ({
  label,
  place,
  children,
}: {
  readonly label: string;
  readonly place: Place;
  readonly children: ReactNode;
}) => {
  const { findings } = useForm();
  return (
    <fieldset className={styles.set}>
      {label !== "" && <legend>{label}</legend>}
      {place.path.length > 0 && Array.isArray(place.value) && (
        <Said findings={findingsAt(findings, place.path)} />
      )}
      {children}
    </fieldset>
  );
};

type EntryProps = {
  readonly title: string;
  readonly place: Place;
  readonly group: Fields;
  readonly fields: (place: Place) => ReactNode;
  readonly isOpen: boolean;
  /** Of an entry of a map. */
  readonly name?: string;
  readonly taken?: readonly string[];
  /** What else may be done with it. */
  readonly acts?: ReactNode;
};

/** The first things that an entry says, in a line. */
const summaryOf = (place: Place, group: Fields): string => {
  if (isShort(place, group)) return textOf(place.value);
  const value = isMembers(place.value) ? place.value : {};
  const said = group.fields.flatMap(({ name, shape }) => {
    const own = value[name];
    if (own === undefined || shape.kind === "other" || shape.kind === "list") return [];
    if (own === true) return [name];
    return [Array.isArray(own) ? own.join(", ") : textOf(own)];
  });
  return said.filter((part) => part !== "").join(" · ");
};

/** An entry in a line, which opens to its fields. */
export const Entry = ({ title, place, group, fields, isOpen, name, taken = [], acts }: EntryProps) => {
  const { words, formats } = useWords(formWords);
  const { findings, edit, readOnly } = useForm();
  // Only what is open has its fields: a file may have five hundred entries.
  const [shown, setShown] = useState(isOpen);
  const wrong = findingsWithin(findings, place.path);
  const isError = wrong.some(({ severity }) => severity === "error");
  return (
    <details className={styles.entry} open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        <strong>{title}</strong>
        <span className={styles.summary}>{summaryOf(place, group)}</span>
        {wrong.length > 0 && (
          <Badge tone={isError ? "bad" : "wait"}>{formats.count(wrong.length, words.wrong)}</Badge>
        )}
      </summary>
      {shown && (
        <div className={styles.body}>
          {name !== undefined && (
            <EntryName
              key={name}
              name={name}
              taken={taken}
              onName={(next) => edit({ kind: "rename", path: place.path, name: next })}
            />
          )}
          {fields(place)}
          {!readOnly && (
            <div className={styles.chips}>
              {acts}
              <Button look="plain" aria-label={words.removeEntry(title)} onClick={place.remove}>
                {words.remove}
              </Button>
            </div>
          )}
        </div>
      )}
    </details>
  );
};

/** The name counts when one leaves the field: half a name is nobody's. */
const EntryName = ({
  name,
  taken,
  onName,
}: {
  readonly name: string;
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
}) => {
  const { words } = useWords(formWords);
  const { readOnly } = useForm();
  const [typed, setTyped] = useState(name);
  const end = (): void => {
    const wanted = typed.trim();
    if (wanted === name) return;
    if (wanted === "" || taken.includes(wanted)) setTyped(name);
    else onName(wanted);
  };
  return (
    <TextField
      label={words.name}
      value={typed}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") end();
      }}
      onBlur={end}
    />
  );
};

const NewEntry = ({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}) => {
  const { words } = useWords(formWords);
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const isFree = name !== "" && !taken.includes(name);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (!isFree) return;
    onAdd(name);
    setTyped("");
  };
  return (
    <form onSubmit={add} className={styles.row}>
      <TextField
        label={words.newEntry}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={!isFree}>
        {words.addEntry}
      </Button>
    </form>
  );
};
