import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes.ts";
import styles from "./field.module.css";
import look from "./look.module.css";

type Around = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with what stands there, in words. */
  readonly wrong?: string | undefined;
};

type FieldProps = Around & {
  readonly children: (props: {
    readonly id: string;
    readonly className: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
};

/** A label, a control, and what is to be said of it. */
export const Field = ({ label, hint, wrong, children }: FieldProps) => {
  const id = useId();
  const said = wrong ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.control ?? "",
        "aria-describedby": said === undefined ? undefined : `${id}-said`,
        "aria-invalid": wrong !== undefined,
      })}
      {said !== undefined && (
        <p id={`${id}-said`} className={wrong === undefined ? look.small : look.wrong}>
          {said}
        </p>
      )}
    </div>
  );
};

/** A line of text. */
export const TextField = ({ label, hint, wrong, className, ...props }: Around & ComponentProps<"input">) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <input {...props} {...given} className={classes(given.className, className)} />}
  </Field>
);

/** Lines of text; `code` shows them in monospace. */
export const TextArea = ({
  label,
  hint,
  wrong,
  code = false,
  ...props
}: Around & ComponentProps<"textarea"> & { readonly code?: boolean }) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => (
      <textarea
        spellCheck={!code}
        {...props}
        {...given}
        className={classes(given.className, code && styles.code)}
      />
    )}
  </Field>
);

/** One of a few: the browser's own list, which every keyboard and phone knows. */
export const Select = ({ label, hint, wrong, ...props }: Around & ComponentProps<"select">) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <select {...props} {...given} />}
  </Field>
);
