import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** What must be known before one goes on, and what can be done about it. */
export const Notice = ({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) => (
  <div className={styles.notice} role="alert">
    <p>
      <strong>{title}.</strong> {text}
    </p>
    <div className={styles.actions}>{children}</div>
  </div>
);
