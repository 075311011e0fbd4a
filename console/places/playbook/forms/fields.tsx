import { type ReactNode, useState } from "react";
import look from "#console/ui/look.module.css";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import {
  type ControlProps,
  DurationControl,
  FlagControl,
  LineControl,
  OneControl,
  RuleControl,
} from "./controls.tsx";
import { MapEntries } from "./entries.tsx";
import { findingsAt, findingsWithin, useForm } from "./form-context.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { ListEntries } from "./list-entries.tsx";
import { NameControl, NamesControl } from "./name-controls.tsx";
import { fieldIn, isMembers, othersIn, type Place, textOf } from "./place.ts";
import { Said } from "./said.tsx";
import type { Field, Fields, Shape } from "./shapes.ts";

/** All fields of a map, and what it says beside them. */
export const GroupFields = ({ place, group }: { readonly place: Place; readonly group: Fields }) => {
  const { words } = useWords(formWords);
  const { edit, findings } = useForm();
  const event = isMembers(place.value) && typeof place.value.on === "string" ? place.value.on : undefined;
  // What is said of a map that is written short is said of its one field.
  const own = isMembers(place.value) ? findingsAt(findings, place.path) : [];
  const show = (field: Field): ReactNode => (
    <OneField key={field.name} field={field} place={fieldIn(place, group, field, edit)} event={event} />
  );
  // Where a field stands is settled when the form opens: none runs away from under whoever fills it.
  const [rarely] = useState(() =>
    group.fields.filter(({ name, isRare }) => isRare === true && !saysOf(place.value, name)),
  );
  const often = group.fields.filter((field) => !rarely.includes(field));
  return (
    <>
      <Said findings={own} />
      <div className={styles.fields}>{often.map(show)}</div>
      {rarely.length > 0 && (
        <details className={styles.more}>
          <summary>{words.moreFields}</summary>
          <div className={styles.fields}>{rarely.map(show)}</div>
        </details>
      )}
      {othersIn(place, group).map((name) => (
        <p key={name} className={look.small}>
          <code>{name}</code>: {words.inFile}
          <Said findings={findingsWithin(findings, [...place.path, name])} />
        </p>
      ))}
    </>
  );
};

const saysOf = (value: unknown, name: string): boolean => isMembers(value) && value[name] !== undefined;

type FieldProps = {
  readonly field: Field;
  readonly place: Place;
  /** Of a trigger: the event that its condition is about. */
  readonly event?: string | undefined;
};

const OneField = ({ field, place, event }: FieldProps) => {
  const { words } = useWords(formWords);
  const { findings } = useForm();
  const label = wordFor(words.fields, field.name);
  const said = findingsWithin(findings, place.path).slice(0, MOST_SAID);
  const wrong =
    said.length === 0
      ? undefined
      : said
          .map(({ message, expected }) => (expected === undefined ? message : `${message}: ${expected}`))
          .join(" · ");
  return (
    <div className={SHORT.has(field.shape.kind) ? styles.short : styles.wide}>
      <Control field={field} label={label} place={place} wrong={wrong} event={event} shape={field.shape} />
    </div>
  );
};

/** Whoever mends two finds the others in the list of findings. */
const MOST_SAID = 2;

/** Two of these stand side by side. */
const SHORT: ReadonlySet<string> = new Set(["number", "duration", "date", "time", "flag", "one", "name"]);

const Control = ({
  shape,
  event,
  ...props
}: Omit<ControlProps, "shape"> & { readonly shape: Shape; readonly event: string | undefined }) => {
  switch (shape.kind) {
    case "line":
    case "text":
    case "number":
    case "date":
    case "time":
      return <LineControl {...props} shape={shape} />;
    case "duration":
      return <DurationControl {...props} shape={shape} />;
    case "flag":
      return <FlagControl {...props} shape={shape} />;
    case "feel":
      return <RuleControl {...props} shape={shape} event={event} />;
    case "one":
      return <OneControl {...props} shape={shape} />;
    case "name":
      return <NameControl {...props} shape={shape} />;
    case "names":
      return <NamesControl {...props} shape={shape} />;
    case "group":
      return <Within {...props} shape={shape} />;
    case "list":
      return (
        <ListEntries {...props} shape={shape}>
          {(place) => <GroupFields place={place} group={shape.entry} />}
        </ListEntries>
      );
    case "map":
      return (
        <MapEntries {...props} shape={shape}>
          {(place) => <GroupFields place={place} group={shape.entry} />}
        </MapEntries>
      );
    case "other":
      return <InTheText {...props} />;
  }
};

/** A map within a map: its fields stand below its name, and it comes with the first of them. */
const Within = ({ label, place, shape }: Omit<ControlProps<"group">, "field">) => (
  <fieldset className={styles.set}>
    <legend>{label}</legend>
    <div className={styles.inner}>
      <GroupFields place={place} group={shape} />
    </div>
  </fieldset>
);

/** What has no fields here is told to be there. */
const InTheText = ({ label, place, wrong }: Omit<ControlProps, "shape" | "field">) => {
  const { words } = useWords(formWords);
  if (place.value === undefined && wrong === undefined) return null;
  const names = isMembers(place.value) ? Object.keys(place.value).join(", ") : shortOf(place.value);
  return (
    <p className={look.small}>
      {label}: {names === "" ? words.inFile : `${names} (${words.inFile})`}
      {wrong !== undefined && <span className={look.wrong}> {wrong}</span>}
    </p>
  );
};

const shortOf = (value: unknown): string => {
  if (!Array.isArray(value)) return textOf(value);
  return value.map((item: unknown) => (isMembers(item) ? textOf(item.name) : textOf(item))).join(", ");
};
