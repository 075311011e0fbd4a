import type { ReactNode } from "react";
import styles from "./states.module.css";

/** What is said where there is nothing: why, and what would bring something. */
export const EmptyState = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}) => (
  <div className={styles.state}>
    <h2>{title}</h2>
    {children}
  </div>
);

/** Stands where an answer is awaited. Seen only when it takes longer than a blink. */
export const Loading = ({ label }: { readonly label: string }) => (
  <div className={styles.bars} role="status">
    <span className="unseen">{label}</span>
    <div className={styles.bar} />
    <div className={styles.bar} />
    <div className={styles.bar} />
  </div>
);
