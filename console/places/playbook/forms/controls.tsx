import { useState } from "react";
import { Field as Around, Select, TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { FeelField } from "./feel-field.tsx";
import { useForm } from "./form-context.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { namesIn } from "./known-names.ts";
import { durationOf, type Place, readTyped, textOf, UNITS, unitIn } from "./place.ts";
import type { Field, Shape } from "./shapes.ts";

type ShapeOf<Kind> = Kind extends "line" | "text" | "number" | "date" | "time"
  ? Extract<Shape, { kind: "line" | "text" | "number" | "date" | "time" }>
  : Extract<Shape, { kind: Kind }>;

export type ControlProps<Kind extends Shape["kind"] = Shape["kind"]> = {
  readonly field: Field;
  readonly shape: ShapeOf<Kind>;
  readonly label: string;
  readonly place: Place;
  readonly wrong: string | undefined;
};

/** While somebody types, what they typed stands there: `0.` on its way to 0.5 is not made a 0. */
export const useTyped = (shown: string, write: (typed: string) => void) => {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    value: typed ?? shown,
    onText: (next: string): void => {
      setTyped(next);
      write(next);
    },
    onBlur: () => setTyped(null),
  };
};

/** Writes what was typed; an emptied field goes, unless it must be there. */
export const writerOf =
  ({ field, place }: Pick<ControlProps, "field" | "place">, isNumber = false) =>
  (typed: string): void => {
    if (typed === "" && field.required !== true) place.remove();
    else place.set(readTyped(typed, isNumber));
  };

export const LineControl = (props: ControlProps<"line" | "text" | "number" | "date" | "time">) => {
  const { shape, label, place, wrong } = props;
  const { readOnly, onAt } = useForm();
  const typed = useTyped(textOf(place.value), writerOf(props, shape.kind === "number"));
  const isDay = shape.kind === "date" && /^(\d{4}-\d{2}-\d{2})?$/.test(typed.value);
  const given = { label, wrong, readOnly, autoComplete: "off", onFocus: () => onAt(place.path) };
  return (
    <TextField
      {...given}
      type={isDay ? "date" : "text"}
      inputMode={shape.kind === "number" ? "decimal" : undefined}
      placeholder={shape.kind === "time" ? "21:00" : undefined}
      spellCheck={shape.kind === "text"}
      value={typed.value}
      onChange={(event) => typed.onText(event.target.value)}
      onBlur={typed.onBlur}
    />
  );
};

/** A length of time as a count of a unit; one of several units stands there as it is written. */
export const DurationControl = (props: ControlProps<"duration">) => {
  const { label, place, wrong } = props;
  const { words } = useWords(formWords);
  const { readOnly, onAt } = useForm();
  const write = writerOf(props);
  const whole = textOf(place.value);
  const parts = whole === "" ? { count: "", unit: "H" } : unitIn(whole);
  const [unit, setUnit] = useState<string>(parts?.unit ?? "H");
  const typed = useTyped(parts?.count ?? whole, (count) =>
    write(
      /^\d+$/.test(count) ? durationOf(count, parts === null || whole === "" ? unit : parts.unit) : count,
    ),
  );
  const shownUnit = whole === "" ? unit : (parts?.unit ?? "");
  const changeUnit = (next: string): void => {
    setUnit(next);
    if (parts !== null && parts.count !== "") place.set(durationOf(parts.count, next));
  };
  return (
    <Around label={label} wrong={wrong}>
      {(given) => (
        <span className={styles.pair}>
          <input
            {...given}
            inputMode="numeric"
            autoComplete="off"
            value={typed.value}
            readOnly={readOnly}
            onChange={(event) => typed.onText(event.target.value)}
            onFocus={() => onAt(place.path)}
            onBlur={typed.onBlur}
          />
          <select
            className={given.className}
            aria-label={`${label}: ${words.unit}`}
            value={shownUnit}
            disabled={readOnly}
            onChange={(event) => changeUnit(event.target.value)}
          >
            {parts === null && <option value="">{words.own}</option>}
            {[...new Set([...UNITS, ...(parts === null ? [] : [parts.unit])])].map((name) => (
              <option key={name} value={name}>
                {wordFor(words.units, name)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Around>
  );
};

export const RuleControl = (props: ControlProps<"feel"> & { readonly event?: string | undefined }) => {
  const { shape, label, place, wrong, event } = props;
  const { declared, readOnly, onAt } = useForm();
  const write = writerOf(props, shape.number);
  const typed = useTyped(textOf(place.value), write);
  return (
    <FeelField
      label={label}
      wrong={wrong}
      value={typed.value}
      names={namesIn(declared, shape.scope, event)}
      readOnly={readOnly}
      onText={typed.onText}
      onFocus={() => onAt(place.path)}
      onLeave={typed.onBlur}
    />
  );
};

export const OneControl = ({ field, shape, label, place, wrong }: ControlProps<"one">) => {
  const { words } = useWords(formWords);
  const { readOnly, onAt } = useForm();
  const value = textOf(place.value);
  return (
    <Select
      label={label}
      wrong={wrong}
      value={value}
      disabled={readOnly}
      onFocus={() => onAt(place.path)}
      onChange={({ target }) => (target.value === "" ? place.remove() : place.set(target.value))}
    >
      {field.required !== true && <option value="">{words.notSet}</option>}
      {[...new Set([...shape.of, ...(value === "" ? [] : [value])])].map((name) => (
        <option key={name} value={name}>
          {wordFor(words.choices, name)}
        </option>
      ))}
    </Select>
  );
};

export const FlagControl = ({ label, place, wrong }: ControlProps<"flag">) => {
  const { readOnly, onAt } = useForm();
  return (
    <div>
      <label className={styles.flag}>
        <input
          type="checkbox"
          checked={place.value === true}
          disabled={readOnly}
          onFocus={() => onAt(place.path)}
          onChange={({ target }) => (target.checked ? place.set(true) : place.remove())}
        />
        {label}
      </label>
      {wrong !== undefined && <p className={look.wrong}>{wrong}</p>}
    </div>
  );
};
