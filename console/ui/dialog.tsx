import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import { CloseIcon } from "./icons.tsx";
import { LateNotice } from "./late-notice.tsx";
import { SessionNotice } from "./session-notice.tsx";

type DialogProps = {
  readonly title: string;
  readonly closeLabel: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/**
 * A question that is answered before anything else. It is the browser's own dialog: focus stays in it and goes back to where it
 * was, Escape leaves it, and nothing behind it can be reached.
 */
export const Dialog = ({ title, closeLabel, open, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (!open) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    // The browser would take the button that closes it: it stands first. Of radio buttons the chosen one stands for all.
    dialog.current
      ?.querySelector<HTMLElement>(
        "[data-body] :is(input:not([type=radio]), input:checked, select, textarea, button)",
      )
      ?.focus();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      {open && (
        <>
          <header className={styles.head}>
            <h2 id={titleId}>{title}</h2>
            <Button look="plain" icon aria-label={closeLabel} onClick={() => dialog.current?.close()}>
              <CloseIcon />
            </Button>
          </header>
          <SessionNotice />
          <LateNotice />
          <div className={styles.body} data-body="">
            {children}
          </div>
        </>
      )}
    </dialog>
  );
};

/** The buttons that end a dialog, at its foot. */
export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <footer className={styles.actions}>{children}</footer>
);
