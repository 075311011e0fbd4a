import { useId } from "react";
import styles from "./choice.module.css";

/** One of very few, all of them seen: radio buttons that look like one control. */
export const Choice = <Name extends string>({
  label,
  value,
  onChange,
  options,
}: {
  readonly label: string;
  readonly value: Name;
  readonly onChange: (value: Name) => void;
  readonly options: readonly { readonly name: Name; readonly title: string }[];
}) => {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.choice}>
      {options.map(({ name, title }) => (
        <label key={name} className={styles.option}>
          <input type="radio" name={group} checked={name === value} onChange={() => onChange(name)} />
          {title}
        </label>
      ))}
    </div>
  );
};
