import { useSyncExternalStore } from "react";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";
import { CloseIcon } from "./icons.tsx";
import styles from "./toast.module.css";

type Toast = { readonly id: number; readonly text: string; readonly tone: "even" | "bad" };

const SEEN_MS = 6_000;
let toasts: readonly Toast[] = [];
let made = 0;
const listeners = new Set<() => void>();

const show = (next: readonly Toast[]): void => {
  toasts = next;
  for (const listener of listeners) listener();
};
const drop = (id: number): void => show(toasts.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says in a corner what has come of something. What went wrong stays until it is read. */
export const toast = (text: string, tone: Toast["tone"] = "even"): void => {
  made += 1;
  const id = made;
  show([...toasts, { id, text, tone }]);
  if (tone !== "bad") setTimeout(drop, SEEN_MS, id);
};

/** Where toasts appear. Stands once, in the shell, so that what is read out has a place before it is said. */
export const Toasts = ({ closeLabel }: { readonly closeLabel: string }) => {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className={classes(styles.toast, tone === "bad" && styles.bad)}>
          <span>{text}</span>
          <Button look="plain" icon aria-label={closeLabel} onClick={() => drop(id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </div>
  );
};
