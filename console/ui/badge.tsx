import type { ReactNode } from "react";
import styles from "./badge.module.css";
import { classes } from "./classes.ts";

/** How something stands: done, waiting for something, failed, or neither. */
export type Tone = "good" | "wait" | "bad" | "even";

/** A status in a word or two. The word says it; the colour only helps to find it. */
export const Badge = ({
  tone = "even",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => <span className={classes(styles.badge, styles[tone])}>{children}</span>;
