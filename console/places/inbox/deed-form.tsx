import type { FormEvent, ReactNode } from "react";
import { Button } from "#console/ui/button.tsx";
import { DialogActions } from "#console/ui/dialog.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";

/** What is to be said before something is done with a conversation, and the buttons that end it. */
export const DeedForm = ({
  action,
  disabled,
  onSubmit,
  onCancel,
  children,
}: {
  /** What is done, in a word. */
  readonly action: string;
  readonly disabled: boolean;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) => {
  const { words: usual } = useWords(everywhere);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit}>
      {children}
      <DialogActions>
        <Button onClick={onCancel}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={disabled}>
          {action}
        </Button>
      </DialogActions>
    </form>
  );
};
