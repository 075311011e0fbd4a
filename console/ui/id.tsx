import styles from "./id.module.css";
import { toast } from "./toast.tsx";

/** An identifier in monospace. Pressed, it is copied; `copied` is what is said then. */
export const Id = ({
  value,
  label,
  copied,
}: {
  readonly value: string;
  readonly label: string;
  readonly copied: string;
}) => (
  <button
    type="button"
    className={styles.id}
    aria-label={`${label}: ${value}`}
    onClick={() =>
      navigator.clipboard.writeText(value).then(
        () => toast(copied),
        () => toast(value),
      )
    }
  >
    {value}
  </button>
);
