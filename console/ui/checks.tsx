import styles from "./checks.module.css";

/** Any of several, each with a word about it: check boxes under one title. */
export const Checks = <Name extends string>({
  label,
  chosen,
  onChange,
  options,
}: {
  readonly label: string;
  readonly chosen: readonly Name[];
  readonly onChange: (chosen: readonly Name[]) => void;
  readonly options: readonly {
    readonly name: Name;
    readonly about: string;
    /** What cannot be changed stays as it is. */
    readonly fixed?: boolean;
  }[];
}) => {
  const turned = (name: Name): readonly Name[] =>
    chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {options.map(({ name, about, fixed = false }) => (
        <label key={name} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            disabled={fixed}
            onChange={() => onChange(turned(name))}
          />
          <code>{name}</code>
          <span>{about}</span>
        </label>
      ))}
    </fieldset>
  );
};
