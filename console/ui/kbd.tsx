import styles from "./kbd.module.css";

/** Keys to press, one after the other: `g t`. A picture of them only: what they do, the control beside them says. */
export const Kbd = ({ keys }: { readonly keys: string }) => (
  <span className={styles.keys} aria-hidden="true">
    {keys.split(" ").map((key) => (
      <kbd key={key} className={styles.kbd}>
        {key}
      </kbd>
    ))}
  </span>
);
