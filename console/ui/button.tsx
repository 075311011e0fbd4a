import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { classes } from "./classes.ts";

type ButtonProps = ComponentProps<"button"> & {
  /** `primary` stands once on a page; `danger` is what cannot be taken back. */
  readonly look?: "usual" | "primary" | "danger" | "plain";
  /** A picture alone: give it a label. */
  readonly icon?: boolean;
};

/** What one presses. Never submits a form unless it says `type="submit"`. */
export const Button = ({ look = "usual", icon = false, className, ...props }: ButtonProps) => (
  <button
    type="button"
    {...props}
    className={classes(styles.button, look !== "usual" && styles[look], icon && styles.icon, className)}
  />
);
